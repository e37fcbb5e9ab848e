using System.Diagnostics;
using BdSync.Protocol.Transports;
using BdSync.Protocol.Wire;
using BdSync.Protocol.Wire.Messages;

namespace BdSync.Protocol.Sessions;

/// <summary>
/// One connection to a server, until it breaks: messages over its streams, and a watch that gives it up when the server is silent though
/// an answer is due. One caller reads at a time, and one writes.
/// </summary>
internal sealed class RemoteConnection : IAsyncDisposable
{
    /// <summary>How often the watch looks, as a part of what it allows.</summary>
    private const int LooksPerLimit = 8;

    private readonly FrameReader reader;
    private readonly FrameWriter writer;
    private readonly bool ownsTransport;
    private readonly SyncMeter meter;
    private readonly Func<bool> answerIsDue;
    private readonly CancellationTokenSource over;
    private readonly Timer? watch;
    private TransportException? reason;
    private bool isDisposed;
    private long lastIdle = Stopwatch.GetTimestamp();
    private bool isGreeted;

    /// <summary>Takes over a transport that has just been opened.</summary>
    /// <param name="transport">The transport.</param>
    /// <param name="ownsTransport">Whether to dispose of it.</param>
    /// <param name="meter">Counts what goes over it.</param>
    /// <param name="answerIsDue">Whether the server has to say something.</param>
    /// <param name="cancellationToken">Ends all waiting.</param>
    public RemoteConnection(Transport transport, bool ownsTransport, SyncMeter meter, Func<bool> answerIsDue, CancellationToken cancellationToken)
    {
        Transport = transport;
        this.ownsTransport = ownsTransport;
        this.meter = meter;
        this.answerIsDue = answerIsDue;
        reader = new(transport.Input);
        writer = new(transport.Output);
        over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (transport.AliveLimit != Timeout.InfiniteTimeSpan)
        {
            var interval = (transport.GreetingLimit < transport.AliveLimit ? transport.GreetingLimit : transport.AliveLimit) / LooksPerLimit;
            watch = new(_ => Look(), null, interval, interval);
        }
    }

    public Transport Transport { get; }

    /// <summary>Greets the server and has it open its device.</summary>
    /// <returns>What the server says of itself, and the size of its device in bytes.</returns>
    public async Task<(Hello Greeting, long Length)> OpenAsync(string path)
    {
        TransportException? broken = null;
        try
        {
            writer.Write(Hello.WithAbilities(Hello.Client, SessionDigests.Abilities));
            writer.Write(new DevFile(path));
            await FlushAsync().ConfigureAwait(false);
        }
        catch (TransportException exception)
        {
            // The server may have said why before it went.
            broken = exception;
        }

        var greeting = Hello.Read(await ReadAsync(MessageType.Hello).ConfigureAwait(false));
        var length = Size.Read(await ReadAsync(MessageType.Size).ConfigureAwait(false)).Length;
        return broken is null ? (greeting, length) : throw broken;
    }

    /// <summary>Asks and waits, where nobody else does.</summary>
    public async Task<Frame> AskAsync(IMessage request, MessageType type)
    {
        writer.Write(request);
        await FlushAsync().ConfigureAwait(false);
        return await ReadAsync(type).ConfigureAwait(false);
    }

    /// <summary>Reads the next message.</summary>
    /// <returns>The message, valid until the next call; null where the stream ends.</returns>
    /// <exception cref="TransportException">The connection broke, or was given up.</exception>
    public async ValueTask<Frame?> ReadAsync()
    {
        try
        {
            var frame = await reader.ReadAsync(over.Token).ConfigureAwait(false);
            isGreeted = true;
            meter.AddTransferred(frame is { } message ? WireLimits.LengthSize + 1 + message.Payload.Length : 0, isSent: false);
            return frame;
        }
        catch (OperationCanceledException) when (reason is not null)
        {
            throw reason;
        }
    }

    public void Write(IMessage message) => writer.Write(message);

    /// <summary>Sends all that was written.</summary>
    /// <exception cref="TransportException">The connection broke, or was given up.</exception>
    public async ValueTask FlushAsync()
    {
        try
        {
            var length = writer.UnflushedBytes;
            await writer.FlushAsync(over.Token).ConfigureAwait(false);
            meter.AddTransferred(length, isSent: true);
        }
        catch (OperationCanceledException) when (reason is not null)
        {
            throw reason;
        }
    }

    /// <summary>Ends all reading and writing with an error.</summary>
    public void GiveUp(TransportException why)
    {
        if (Interlocked.CompareExchange(ref reason, why, null) is null)
        {
            over.Cancel();
        }
    }

    /// <summary>The error for a stream that ended though a message was due.</summary>
    public static TransportException Ended(MessageType? due) => new(
        BdSyncExitStatus.Read,
        $"The peer ended the session; its {due ?? MessageType.Done} message was due.{(due == MessageType.Size ? " It may be unable to open its device." : "")}");

    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        if (watch is not null)
        {
            await watch.DisposeAsync().ConfigureAwait(false);
        }

        await over.CancelAsync().ConfigureAwait(false);
        if (ownsTransport)
        {
            await Transport.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<Frame> ReadAsync(MessageType type)
    {
        var frame = await ReadAsync().ConfigureAwait(false) ?? throw Ended(type);
        return frame.Type == type
            ? frame
            : throw new ProtocolException($"The peer sent a message of type {frame.Type} ({frame.Payload.Length} bytes); {type} was due.");
    }

    private void Look()
    {
        var limit = isGreeted ? Transport.AliveLimit : Transport.GreetingLimit;
        if (!answerIsDue())
        {
            lastIdle = Stopwatch.GetTimestamp();
        }
        else if (Stopwatch.GetElapsedTime(Math.Max(lastIdle, reader.LastHeard)) > limit)
        {
            GiveUp(new(BdSyncExitStatus.Connection, $"The peer has been silent for {limit.TotalSeconds:0.#} seconds, though an answer was due.") { IsTransient = true });
        }
    }
}
