using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BdSync.Protocol.Transports;

/// <summary>
/// A peer behind standard input and output of a command, such as <c>ssh host bdsync --server</c>. The command is executed
/// directly, without a shell.
/// </summary>
public sealed class ProcessTransport : Transport
{
    /// <summary>How long a command may take to end by itself once its input is closed, before it is killed.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>What ssh ends with where the connection fails; a shell adds the signal that killed a command to 128.</summary>
    private const int MinTransientStatus = 128;

    private readonly Process process;
    private readonly Task relay;

    private ProcessTransport(Process process, Action<string>? onErrorLine)
    {
        this.process = process;
        Input = process.StandardOutput.BaseStream;
        Output = process.StandardInput.BaseStream;
        relay = RelayAsync(process.StandardError.BaseStream, onErrorLine);
    }

    /// <inheritdoc/>
    public override Stream Input { get; }

    /// <inheritdoc/>
    public override Stream Output { get; }

    /// <summary>Starts a command.</summary>
    /// <param name="words">The program and its arguments; the program is looked for in PATH.</param>
    /// <param name="onErrorLine">
    /// Receives each line of the command's standard error, without its end and without characters that don't print; called
    /// from any thread, one call at a time. Null drops them.
    /// </param>
    /// <returns>The running command.</returns>
    /// <exception cref="TransportException">It can't be started (<see cref="BdSyncExitStatus.Process"/>).</exception>
    public static ProcessTransport Start(IReadOnlyList<string> words, Action<string>? onErrorLine = null)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentOutOfRangeException.ThrowIfZero(words.Count, nameof(words));
        var startInfo = new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            var process = Process.Start(startInfo) ?? throw new InvalidOperationException("No process was started.");
            return new(process, onErrorLine);
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            // .NET's own text has the working directory in it, which doesn't matter.
            var reason = exception is Win32Exception { NativeErrorCode: var error and not 0 } ? Marshal.GetPInvokeErrorMessage(error) : exception.Message;
            throw new TransportException(BdSyncExitStatus.Process, $"The remote-shell command '{words[0]}' can't be started: {reason.TrimEnd('.')}.", exception);
        }
    }

    /// <inheritdoc/>
    public override async Task<int> CompleteAsync(CancellationToken cancellationToken = default)
    {
        await CloseOutputAsync().ConfigureAwait(false);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        await WaitForRelayAsync().ConfigureAwait(false);
        return process.ExitCode;
    }

    /// <inheritdoc/>
    public override async Task<TransportException> ExplainAsync(TransportException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        using var timeout = new CancellationTokenSource(Grace);
        try
        {
            // "It ended" is not much to go by; the status tells a missing program (127) from a failed login (255).
            var status = await CompleteAsync(timeout.Token).ConfigureAwait(false);
            return new(failure.ExitStatus, $"{failure.Message} The remote command ended with exit status {status}.", failure) { IsTransient = status >= MinTransientStatus };
        }
        catch (OperationCanceledException)
        {
            return new(failure.ExitStatus, failure.Message, failure) { IsTransient = true };
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask DisposeAsyncCore()
    {
        await CloseOutputAsync().ConfigureAwait(false);

        // A command that is blocked in writing learns that nobody reads any more.
        await Input.DisposeAsync().ConfigureAwait(false);
        using (var timeout = new CancellationTokenSource(Grace))
        {
            try
            {
                await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                Kill();
            }
        }

        await WaitForRelayAsync().ConfigureAwait(false);
        process.Dispose();
    }

    private async Task CloseOutputAsync()
    {
        try
        {
            await Output.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The command is gone already: its exit status tells.
        }
    }

    private void Kill()
    {
        try
        {
            // The command may be a script around what connects.
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended in the meantime, or is not ours to kill: a part of it may have become another user.
        }
    }

    // A grandchild may keep standard error open when the command itself has ended: don't wait for that one.
    private async Task WaitForRelayAsync() => await Task.WhenAny(relay, Task.Delay(Grace)).ConfigureAwait(false);

    private static async Task RelayAsync(Stream errors, Action<string>? onErrorLine)
    {
        var lines = new ErrorLineSplitter(line => onErrorLine?.Invoke(line));
        var buffer = new byte[4096];
        try
        {
            int read;
            while ((read = await errors.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                lines.Append(buffer.AsSpan(0, read));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // What came before is still worth showing.
        }

        lines.Complete();
    }
}
