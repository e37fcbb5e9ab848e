using BdSync.Cli.CommandLine;
using BdSync.Cli.Output;
using BdSync.Protocol.Transports.Ssh;
using BdSync.Protocol.Transports;
using BdSync.Protocol;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Hosts;

/// <summary>
/// Runs command lines on the other side of a task. Over the built-in ssh all of them share a connection, which lasts until this is disposed of. A
/// connection command is started anew for each. ssh and what is like it gets one more word, the line, which a shell reads there; what executes its words
/// as they are, such as sudo or lxc-attach, gets three: <c>sh</c>, <c>-c</c> and the line. Which one it is, is tried out. Safe for several threads.
/// </summary>
internal sealed class RemoteShell(TaskConnection connection, string? sshConfiguration, ILogger logger) : IAsyncDisposable
{
    /// <summary>How much of a command's output is kept, in bytes: names of some thousand files.</summary>
    public const int MaxOutputLength = 1024 * 1024;

    /// <summary>What ssh ends with where the connection fails.</summary>
    private const int ConnectionFailed = 255;

    private readonly Lazy<SshConnector> ssh = new(() => new(SshTransportOptions.FromAddress(connection.Text) with
    {
        ConfigurationFile = sshConfiguration,
        AskPassphrase = TerminalPrompt.AskSecret,
        OnWarning = logger.ConnectionWarning,
    }));

    // Null for not known yet.
    private bool? executesWords = connection.Words is [var program, ..] && Path.GetFileName(program) == "ssh" ? false : null;

    /// <summary>The words that run a command line by the connection command.</summary>
    public string[] GetWords(string line) => executesWords == true ? [.. connection.Words, "sh", "-c", line] : [.. connection.Words, line];

    /// <summary>Starts a command line.</summary>
    /// <exception cref="BdSyncException">The connection failed, or its command runs nothing.</exception>
    public async Task<Transport> StartAsync(string line, Action<string> onErrorLine, CancellationToken cancellationToken)
    {
        if (connection.IsAddress)
        {
            return await ssh.Value.ForCommand(line, onErrorLine).ConnectAsync(cancellationToken).ConfigureAwait(false);
        }

        executesWords ??= await FindOutAsync(cancellationToken).ConfigureAwait(false);
        return ProcessTransport.Start(GetWords(line), onErrorLine);
    }

    /// <summary>Runs a script to its end.</summary>
    /// <param name="command">What messages call it.</param>
    /// <param name="script">For sh; null where it is the command.</param>
    /// <param name="keepsInput">Whether it gets a standard input that ends only when nobody wants it to go on.</param>
    /// <param name="write">Writes its standard input; null for none. An exception of its own comes out.</param>
    /// <param name="cancellationToken">Ends it: its standard input ends, and the connection command is killed if it outlives that.</param>
    /// <exception cref="TransportException">The connection failed.</exception>
    public async Task<CommandResult> RunAsync(string command, string? script, bool keepsInput, Func<Stream, CancellationToken, Task>? write, CancellationToken cancellationToken)
    {
        logger.CommandStarts(connection.Text, command);
        var errors = new ErrorLines();
        var text = script ?? command;
        var feed = write;
        if (write is not null && connection.IsAddress)
        {
            // SSH.NET sends no end of an input that was empty: a first line is in front, which the shell takes away.
            text = RemoteScripts.SkipLine + text;
            feed = async (stream, token) =>
            {
                await stream.WriteAsync("\n"u8.ToArray(), token).ConfigureAwait(false);
                await write(stream, token).ConfigureAwait(false);
            };
        }

        var transport = await StartAsync(ShellWord.Script(text), errors.Add, cancellationToken).ConfigureAwait(false);
        var result = await RunAsync(transport, command, errors, keepsInput, feed, cancellationToken).ConfigureAwait(false);
        return result.ExitStatus == ConnectionFailed && !connection.IsAddress ? throw Failed(result) : result;
    }

    public async ValueTask DisposeAsync()
    {
        if (ssh.IsValueCreated)
        {
            await ssh.Value.DisposeAsync().ConfigureAwait(false);
        }
    }

    // What executes its words finds no program of that name.
    private async Task<bool> FindOutAsync(CancellationToken cancellationToken)
    {
        var probe = RemoteScripts.Probe.Write();
        const string answer = "bdsync";
        CommandResult result;
        string[] words = [.. connection.Words, probe];
        var executes = false;
        while (true)
        {
            var errors = new ErrorLines();
            result = await RunAsync(ProcessTransport.Start(words, errors.Add), probe, errors, keepsInput: false, write: null, cancellationToken).ConfigureAwait(false);
            if (result.Text.TrimEnd().EndsWith(answer, StringComparison.Ordinal))
            {
                return executes;
            }

            if (executes)
            {
                throw result.ExitStatus == ConnectionFailed
                    ? Failed(result)
                    : new TaskException($"The connection command '{connection}' runs no commands: 'echo' ended with exit status {result.ExitStatus}{Describe(result)}.");
            }

            executes = true;
            words = [.. connection.Words, "sh", "-c", probe];
        }
    }

    private TransportException Failed(CommandResult result) =>
        new(BdSyncExitStatus.Connection, $"The connection by '{connection}' failed (exit status {result.ExitStatus}){Describe(result)}.") { IsTransient = true };

    private static string Describe(CommandResult result) => result.Errors.Count > 0 ? $": {string.Join(" / ", result.Errors)}" : "";

    private async Task<CommandResult> RunAsync(
        Transport transport, string command, ErrorLines errors, bool keepsInput, Func<Stream, CancellationToken, Task>? write, CancellationToken cancellationToken)
    {
        await using (transport.ConfigureAwait(false))
        {
            var ending = EndAsync(transport, command, cancellationToken);
            var isInputCut = write is not null && !await WriteAsync(transport.Output, write, ending, cancellationToken).ConfigureAwait(false);

            // Sent too late, behind the end of a short command, it would cost the ssh connection; what is not asked to wait for it doesn't.
            if (write is not null || !(keepsInput || connection.IsAddress))
            {
                await CloseAsync(transport.Output).ConfigureAwait(false);
            }

            var (status, output, isOutputCut) = await ending.ConfigureAwait(false);
            return new(status, output, isOutputCut, errors.ToList(), isInputCut);
        }
    }

    // The output's end comes first: completing a transport ends the command's input, and that means that it is not wanted any more.
    private async Task<(int Status, ReadOnlyMemory<byte> Output, bool IsCut)> EndAsync(Transport transport, string command, CancellationToken cancellationToken)
    {
        try
        {
            var (output, isCut) = await ReadAsync(transport.Input, cancellationToken).ConfigureAwait(false);
            return (await transport.CompleteAsync(cancellationToken).ConfigureAwait(false), output, isCut);
        }
        catch (IOException exception)
        {
            var failure = new TransportException(BdSyncExitStatus.Connection, $"The connection by '{connection}' broke while '{command}' ran: {exception.Message}", exception);
            throw await transport.ExplainAsync(failure).ConfigureAwait(false);
        }
    }

    private static async Task<(ReadOnlyMemory<byte> Output, bool IsCut)> ReadAsync(Stream input, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[4096];
        var isCut = false;
        int read;
        while ((read = await input.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false)) > 0)
        {
            var count = (int)Math.Min(read, MaxOutputLength - kept.Length);
            kept.Write(buffer, 0, count);
            isCut |= count < read;
        }

        return (kept.ToArray(), isCut);
    }

    // False where the command, or the connection, ended before all was written: how that came about says the task of the end.
    private static async Task<bool> WriteAsync(
        Stream pipe, Func<Stream, CancellationToken, Task> write, Task<(int Status, ReadOnlyMemory<byte> Output, bool IsCut)> ending, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var input = new CommandInput(pipe, ended.Token);
        await using (input.ConfigureAwait(false))
        {
            var writing = write(input, ended.Token);
            await Task.WhenAny(writing, ending).ConfigureAwait(false);

            // A command that is content has read to what it takes for the end; the writing may still wait for something else.
            var hasFailed = ending.IsCompleted && !(ending.IsCompletedSuccessfully && ending.Result.Status == 0);
            if (hasFailed)
            {
                await ended.CancelAsync().ConfigureAwait(false);
            }

            try
            {
                await writing.ConfigureAwait(false);
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested && (hasFailed || input.HasFailed))
            {
                return false;
            }
        }

        return true;
    }

    private static async Task CloseAsync(Stream pipe)
    {
        try
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The command has ended already: its exit status tells.
        }
    }
}
