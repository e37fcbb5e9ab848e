using BdSync.Protocol;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Hosts;

/// <summary>
/// Commands on the other side that have to go well. An answer is taken from the output: exit status 1 is also what sudo or lxc-attach fail with.
/// </summary>
internal sealed class RemoteCommands(RemoteShell shell, string host, ILogger logger)
{
    /// <summary>A shell adds a signal's number to this.</summary>
    private const int SignalStatus = 128;

    private const int MaxSignal = 64;

    /// <summary>What messages call the other side.</summary>
    public string Host => host;

    /// <summary>How long a command that has little to do may take, connecting included: what never answers must not hold the next runs up. Default five minutes.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Runs a script and fails where it does.</summary>
    /// <param name="command">What messages call it.</param>
    /// <param name="script">For sh; null where it is the command.</param>
    /// <param name="write">Writes its standard input, which may take as long as it does; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TaskException">The script failed; the message has what it said.</exception>
    /// <exception cref="TransportException">The connection failed.</exception>
    public async Task<CommandResult> RunAsync(
        string command, string? script = null, Func<Stream, CancellationToken, Task>? write = null, CancellationToken cancellationToken = default) =>
        Check(command, write is null
            ? await TryAsync(command, script, cancellationToken).ConfigureAwait(false)
            : await shell.RunAsync(command, script, keepsInput: false, write, cancellationToken).ConfigureAwait(false));

    /// <summary>Runs a script that has little to do, whatever comes of it.</summary>
    /// <exception cref="TransportException">The connection failed, or there was no end within the <see cref="AnswerLimit"/>.</exception>
    public async Task<CommandResult> TryAsync(string command, string? script, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerLimit);
        try
        {
            return await shell.RunAsync(command, script, keepsInput: false, write: null, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransportException(
                BdSyncExitStatus.Connection, $"'{command}' on {host} did not end within {AnswerLimit.TotalSeconds:0.#} seconds; it was given up.", exception) { IsTransient = true };
        }
    }

    /// <summary>The same for a <see cref="RemoteScripts.Watched"/> one: it has a standard input to tell when it is not wanted any more.</summary>
    public Task<CommandResult> TryWatchedAsync(string command, string script, CancellationToken cancellationToken) =>
        shell.RunAsync(command, script, keepsInput: true, write: null, cancellationToken);

    /// <summary>What a script writes, without the line end that most of them put behind it.</summary>
    public async Task<string> AskAsync(string command, CancellationToken cancellationToken, string? script = null)
    {
        var result = await RunAsync(command, script, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (result.IsOutputCut)
        {
            throw new TaskException($"'{command}' on {host} says more than {RemoteShell.MaxOutputLength} bytes, which are allowed.");
        }

        return result.Text.EndsWith('\n') ? result.Text[..^1] : result.Text;
    }

    /// <summary>Whether a command's exit status is 0; 1 is a no, anything else an error.</summary>
    /// <param name="command">What messages call it.</param>
    /// <param name="script">Runs it, and says its exit status.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<bool> TestAsync(string command, string script, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(command, cancellationToken, script).ConfigureAwait(false);
        return answer switch
        {
            "0" => true,
            "1" => false,
            _ => throw new TaskException($"'{command}' on {host} answers '{answer}'; 0 or 1 was expected."),
        };
    }

    /// <summary>Passes on what a command has said, or fails with it.</summary>
    public CommandResult Check(string command, CommandResult result)
    {
        if (result.ExitStatus != 0)
        {
            throw new TaskException(Describe(command, result));
        }

        foreach (var line in result.Errors)
        {
            logger.CommandSaid(line);
        }

        return result;
    }

    /// <summary>How a command ended, as a sentence.</summary>
    public string Describe(string command, CommandResult result)
    {
        var end = result.ExitStatus is > SignalStatus and <= SignalStatus + MaxSignal
            ? $"was ended by signal {result.ExitStatus - SignalStatus}"
            : $"ended with exit status {result.ExitStatus}";
        return $"'{command}' on {host} {end}{(result.Errors.Count > 0 ? $": {string.Join(" / ", result.Errors)}" : ".")}";
    }
}
