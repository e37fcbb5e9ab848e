using System.Globalization;
using System.IO.Pipelines;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace BdSync.Protocol.Transports.Ssh;

/// <summary>
/// A peer behind an exec channel of an ssh connection: no ssh program is needed. The channel's streams block and can't be cancelled, so threads
/// of their own move the data.
/// </summary>
public sealed class SshTransport : Transport
{
    /// <summary>
    /// How much a peer may send ahead of the reading: far more than a session asks for at a time. There is no other bound: SSH.NET takes what comes.
    /// </summary>
    private const int MaxUnread = 16 * 1024 * 1024;

    /// <summary>How much may wait for being sent.</summary>
    private const int MaxUnsent = 256 * 1024;

    private const int BufferSize = 64 * 1024;
    private const int NotFound = 127;
    private const int NotExecutable = 126;

    /// <summary>A shell adds a signal's number to this.</summary>
    private const int SignalStatus = 128;

    private const int MaxSignal = 64;

    /// <summary>How long to wait for the reason of an end, and for the end itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly SshConnection connection;
    private readonly SshCommand command;
    private readonly Task execution;
    private readonly Stream channelInput;
    private readonly Pipe received = new(new(pauseWriterThreshold: MaxUnread, resumeWriterThreshold: MaxUnread / 2, useSynchronizationContext: false));
    private readonly Pipe toSend = new(new(pauseWriterThreshold: MaxUnsent, resumeWriterThreshold: MaxUnsent / 2, useSynchronizationContext: false));
    private readonly ErrorLineSplitter errorLines;
    private string? violation;
    private bool isAnswered;
    private readonly TaskCompletionSource errorsRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int isReleased;

    private SshTransport(SshConnection connection, SshCommand command, Action<string>? onErrorLine)
    {
        this.connection = connection;
        this.command = command;
        errorLines = new(line => Report(onErrorLine, line));
        execution = command.ExecuteAsync(CancellationToken.None);
        channelInput = command.CreateInputStream();
        Input = received.Reader.AsStream();
        Output = toSend.Writer.AsStream();
        Start(Receive, "ssh receive");
        Start(ReceiveErrors, "ssh receive errors");
        Start(Send, "ssh send");
    }

    /// <inheritdoc/>
    public override Stream Input { get; }

    /// <inheritdoc/>
    public override Stream Output { get; }

    /// <inheritdoc/>
    public override TimeSpan AliveLimit => connection.AliveLimit;

    /// <inheritdoc/>
    public override TimeSpan GreetingLimit => connection.OpenLimit < AliveLimit ? connection.OpenLimit : AliveLimit;

    /// <summary>Connects to a host, over a connection of its own, and starts the remote command.</summary>
    /// <param name="options">The host, and how to reach it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The running command.</returns>
    /// <exception cref="TransportException">The host can't be reached, its key is not to be trusted, or it refuses (<see cref="BdSyncExitStatus.Connection"/>).</exception>
    public static async Task<SshTransport> ConnectAsync(SshTransportOptions options, CancellationToken cancellationToken = default) =>
        (SshTransport)await new SshConnector(options).ConnectAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async Task<int> CompleteAsync(CancellationToken cancellationToken = default)
    {
        // A server ends by itself when its protocol says so. SSH.NET may send the end of the input behind the channel's close, and sshd
        // then drops the connection with all of its channels: so it isn't told while it is about to end.
        await execution.WaitAsync(Grace, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Output.DisposeAsync().ConfigureAwait(false);
        try
        {
            await execution.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SshException or IOException or ObjectDisposedException)
        {
            throw Lost(exception);
        }

        await errorsRead.Task.WaitAsync(Grace, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return command.ExitStatus ?? SignalStatus + GetSignalNumber(command.ExitSignal);
    }

    /// <inheritdoc/>
    public override async Task<TransportException> ExplainAsync(TransportException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (violation is not null)
        {
            return new(BdSyncExitStatus.Protocol, violation, failure);
        }

        await execution.WaitAsync(Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (execution.Exception?.InnerException is { } exception)
        {
            return Lost(exception);
        }

        if (!execution.IsCompletedSuccessfully)
        {
            return new(BdSyncExitStatus.Connection, $"{failure.Message} ({connection.Name}){(isAnswered ? "" : $" It may refuse to execute '{command.CommandText}': try it with ssh.")}", failure) { IsTransient = true };
        }

        await errorsRead.Task.WaitAsync(Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return command.ExitStatus switch
        {
            NotFound => new(BdSyncExitStatus.Process, $"'{command.CommandText}' was not found on {connection.Name} (exit status {NotFound}): install bdsync there, or say where it is (--remote-bdsync).", failure),
            NotExecutable => new(BdSyncExitStatus.Process, $"'{command.CommandText}' can't be executed on {connection.Name} (exit status {NotExecutable}).", failure),
            > SignalStatus and <= SignalStatus + MaxSignal => Ended((command.ExitStatus.Value - SignalStatus).ToString(CultureInfo.InvariantCulture)),
            { } status => new(failure.ExitStatus, $"{failure.Message} '{command.CommandText}' on {connection.Name} ended with exit status {status}.", failure),
            null => Ended(command.ExitSignal ?? "(unknown)"),
        };

        TransportException Ended(string signal) =>
            new(BdSyncExitStatus.Connection, $"'{command.CommandText}' on {connection.Name} was ended by signal {signal}.", failure) { IsTransient = true };
    }

    /// <summary>Starts the remote command.</summary>
    /// <exception cref="SshException">The server opens no channel.</exception>
    internal static SshTransport Start(SshClient client, SshConnection connection, SshTransportOptions options)
    {
        var command = client.CreateCommand(options.RemoteCommand);
        connection.Add(command);
        try
        {
            return new(connection, command, options.OnErrorLine);
        }
        catch
        {
            connection.Remove(command);
            throw;
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask DisposeAsyncCore()
    {
        if (Interlocked.Exchange(ref isReleased, 1) != 0)
        {
            return;
        }

        // Closing the input ends the remote command in good order; it gets a moment for that.
        await Output.DisposeAsync().ConfigureAwait(false);
        await Input.DisposeAsync().ConfigureAwait(false);
        await execution.WaitAsync(Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        connection.Release(command, isWell: execution.IsCompleted);
    }

    private static void Start(ThreadStart work, string name) => new Thread(work) { IsBackground = true, Name = name }.Start();

    private TransportException Lost(Exception exception) =>
        new(BdSyncExitStatus.Connection, $"The connection to {connection.Name} was lost: {exception.Message}", exception) { IsTransient = true };

    // All that comes has to be taken, whatever is made of it.
    private static void Report(Action<string>? onErrorLine, string line)
    {
        try
        {
            onErrorLine?.Invoke(line);
        }
        catch (Exception)
        {
            // The caller's own.
        }
    }

    // RFC 4254, 6.10.
    private static int GetSignalNumber(string? name) => name switch
    {
        "HUP" => 1,
        "INT" => 2,
        "QUIT" => 3,
        "ILL" => 4,
        "ABRT" => 6,
        "FPE" => 8,
        "KILL" => 9,
        "USR1" => 10,
        "SEGV" => 11,
        "USR2" => 12,
        "PIPE" => 13,
        "ALRM" => 14,
        "TERM" => 15,
        _ => 0,
    };

    private void Receive()
    {
        Exception? error = null;
        try
        {
            while (true)
            {
                var memory = received.Writer.GetMemory(BufferSize);
                var read = command.OutputStream.Read(memory.Span);
                if (read == 0)
                {
                    break;
                }

                isAnswered = true;
                received.Writer.Advance(read);
                var flushing = received.Writer.FlushAsync();
                if (!flushing.IsCompleted)
                {
                    violation = $"The peer has sent {MaxUnread} bytes that nobody asked for.";
                    throw new IOException(violation);
                }

                if (flushing.GetAwaiter().GetResult().IsCompleted)
                {
                    // Nobody reads any more. SSH.NET would keep what it is not asked for, until the channel is closed.
                    Drop(command.OutputStream);
                    break;
                }
            }

            // The end of the stream may be that of the connection: only this tells.
            execution.GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            // Whatever SSH.NET throws when a connection ends: it shows where the data is read.
            error = exception as IOException ?? new IOException(exception.Message, exception);
        }

        received.Writer.Complete(error);
        if (error is not null)
        {
            // Nothing more is taken from it, and SSH.NET would keep all that comes.
            connection.Close();
        }
    }

    private static void Drop(Stream stream)
    {
        var buffer = new byte[BufferSize];
        while (stream.Read(buffer) > 0)
        {
        }
    }

    private void ReceiveErrors()
    {
        try
        {
            Span<byte> buffer = stackalloc byte[4096];
            int read;
            while ((read = command.ExtendedOutputStream.Read(buffer)) > 0)
            {
                errorLines.Append(buffer[..read]);
            }
        }
        catch (Exception)
        {
            // What came before is still worth showing.
        }

        errorLines.Complete();
        errorsRead.TrySetResult();
    }

    private void Send()
    {
        Exception? error = null;
        try
        {
            using var source = toSend.Reader.AsStream(leaveOpen: true);
            var buffer = new byte[BufferSize];
            int read;
            while ((read = source.Read(buffer)) > 0)
            {
                channelInput.Write(buffer, 0, read);
            }

            if (!execution.IsCompleted)
            {
                channelInput.Dispose();
            }
        }
        catch (Exception exception)
        {
            // Whatever SSH.NET throws when a connection ends: it shows where data is written.
            error = new IOException(exception.Message, exception);
        }

        toSend.Reader.Complete(error);
    }
}
