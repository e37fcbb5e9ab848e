using BdSync.Protocol.Wire;
using BdSync.Protocol.Wire.Messages;
using Microsoft.Extensions.Logging;

namespace BdSync.Protocol.Sessions;

/// <summary>
/// The requests to a server that wait for their answers. Any number may be under way, from any thread; the server answers in order. One
/// task reads all the time, so that a server that writes never waits for a client that does. A connection that breaks is opened again
/// where the policy allows it, and gets what has not been answered.
/// </summary>
internal sealed class RequestQueue : IAsyncDisposable
{
    /// <summary>As ssh(1) says that the connection broke.</summary>
    private const int LostStatus = 255;

    private readonly ConnectionPolicy policy;
    private readonly Func<RemoteConnection, Task> greet;
    private readonly SyncMeter meter;
    private readonly ILogger logger;
    private readonly SemaphoreSlim sending = new(1);
    private readonly Queue<PendingReply> pending = new();
    private readonly CancellationTokenSource stop;
    private readonly AnswerClock clock;
    private RemoteConnection? connection;
    private Exception? failure;
    private Task receiving = Task.CompletedTask;
    private bool greeting = true;
    private int attempts;

    private RequestQueue(ConnectionPolicy policy, Func<RemoteConnection, Task> greet, SyncMeter meter, ILogger logger, CancellationToken cancellationToken)
    {
        this.policy = policy;
        this.greet = greet;
        this.meter = meter;
        this.logger = logger;
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        clock = new(policy.AnswerLimit, late => connection?.GiveUp(late));
    }

    /// <summary>Opens the first connection.</summary>
    /// <param name="policy">Where connections come from.</param>
    /// <param name="greet">What is done with each of them first.</param>
    /// <param name="meter">Counts what goes over them.</param>
    /// <param name="logger">Receives the log.</param>
    /// <param name="cancellationToken">Ends everything.</param>
    public static async Task<RequestQueue> OpenAsync(ConnectionPolicy policy, Func<RemoteConnection, Task> greet, SyncMeter meter, ILogger logger, CancellationToken cancellationToken)
    {
        var queue = new RequestQueue(policy, greet, meter, logger, cancellationToken);
        try
        {
            queue.connection = await queue.ConnectAsync(null).ConfigureAwait(false);
            queue.receiving = queue.ReceiveAsync();
            return queue;
        }
        catch
        {
            await queue.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    public async Task<T> AskAsync<T>(IMessage request, MessageType type, Func<Frame, T> read, CancellationToken cancellationToken)
    {
        var reply = new PendingReply<T>(request, type, read);
        await SendAsync(request, reply, cancellationToken).ConfigureAwait(false);
        return await reply.Task.ConfigureAwait(false);
    }

    /// <summary>Sends a message; returns once it is sent.</summary>
    /// <param name="message">The message.</param>
    /// <param name="reply">Who takes the answer; null where there is none.</param>
    /// <param name="cancellationToken">Ends the waiting for others that send.</param>
    public async Task SendAsync(IMessage message, PendingReply? reply, CancellationToken cancellationToken)
    {
        await sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // The order of sending is the order of the answers.
            Enqueue(reply);
            connection!.Write(message);
            await connection.FlushAsync().ConfigureAwait(false);
        }
        catch (TransportException exception) when (exception != failure)
        {
            await AwaitReasonAsync(exception).ConfigureAwait(false);
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Waits until the server has ended, when all has been answered.</summary>
    /// <returns>Its exit status; <see cref="LostStatus"/> where the connection broke by now, or nothing happens for too long.</returns>
    public async Task<int> CompleteAsync(CancellationToken cancellationToken)
    {
        var transport = connection!.Transport;
        try
        {
            return await transport.CompleteAsync(cancellationToken).WaitAsync(transport.AliveLimit, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TransportException or TimeoutException)
        {
            return LostStatus;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await receiving.ConfigureAwait(false);
        await DisposeAsync(connection).ConfigureAwait(false);
        await clock.DisposeAsync().ConfigureAwait(false);
        stop.Dispose();
    }

    // A connection that broke: the reading side finds out why, and opens it again where it may; what is pending is sent again then.
    private async Task AwaitReasonAsync(TransportException broken)
    {
        if (policy.Retries > 0)
        {
            connection!.GiveUp(new(broken.ExitStatus, broken.Message, broken));
            return;
        }

        // The peer may have said why before it went, and the reading side knows: what it found counts.
        await receiving.WaitAsync(TimeSpan.FromSeconds(1), CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (pending)
        {
            throw failure ?? broken;
        }
    }

    private void Enqueue(PendingReply? reply)
    {
        lock (pending)
        {
            if (failure is not null)
            {
                throw failure;
            }

            if (reply is not null)
            {
                clock.Start();
                pending.Enqueue(reply);
            }
        }
    }

    private PendingReply? Peek()
    {
        lock (pending)
        {
            return pending.TryPeek(out var reply) ? reply : null;
        }
    }

    // Never throws: what goes wrong is told to all who wait.
    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                try
                {
                    await AcceptAllAsync().ConfigureAwait(false);
                    break;
                }
                catch (TransportException exception) when (exception != clock.Failure)
                {
                    await ReconnectAsync(exception).ConfigureAwait(false);
                }
            }

            Fail(new TransportException(BdSyncExitStatus.Read, "The peer has ended the session."));
        }
        catch (Exception exception)
        {
            Fail(exception == clock.Failure ? WithPosition(clock.Failure) : exception);
        }
    }

    private async Task AcceptAllAsync()
    {
        MessageType type;
        do
        {
            var frame = await connection!.ReadAsync().ConfigureAwait(false) ?? throw RemoteConnection.Ended(Peek()?.Type);
            type = frame.Type;
            logger.MessageReceived(type, frame.Payload.Length);
            Accept(frame);
            attempts = 0;
        }
        while (type != MessageType.Done);
    }

    private void Accept(Frame frame)
    {
        var reply = Peek();
        if (reply?.Type != frame.Type)
        {
            throw new ProtocolException(
                $"The peer sent a message of type {frame.Type} ({frame.Payload.Length} bytes); {(reply is null ? "none was asked for" : $"{reply.Type} was due")}.");
        }

        clock.Check();
        reply.Accept(frame);
        lock (pending)
        {
            pending.Dequeue();
            clock.Advance(pending.Count > 0);
        }
    }

    // Nobody else may send until the new server has got all that the old one has not answered. That may be more than the streams hold, so
    // it is sent beside the reading.
    private async Task ReconnectAsync(TransportException lost)
    {
        var reason = await connection!.Transport.ExplainAsync(lost).ConfigureAwait(false);
        if (!reason.IsTransient || policy.Retries == 0)
        {
            throw WithPosition(reason);
        }

        connection.GiveUp(reason);
        await sending.WaitAsync(stop.Token).ConfigureAwait(false);
        try
        {
            await DisposeAsync(connection).ConfigureAwait(false);
            connection = await ConnectAsync(reason).ConfigureAwait(false);
        }
        catch
        {
            sending.Release();
            throw;
        }

        _ = SendAgainAsync(connection);
    }

    // Never throws: a connection that breaks again shows on the reading side.
    private async Task SendAgainAsync(RemoteConnection target)
    {
        try
        {
            PendingReply[] replies;
            lock (pending)
            {
                replies = [.. pending];
            }

            Array.ForEach(replies, reply => target.Write(reply.Request));
            await target.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TransportException or OperationCanceledException)
        {
            target.GiveUp(new(BdSyncExitStatus.Connection, exception.Message, exception));
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task<RemoteConnection> ConnectAsync(TransportException? lost)
    {
        greeting = true;
        while (true)
        {
            if (lost is not null)
            {
                await WaitAsync(lost).ConfigureAwait(false);
            }

            RemoteConnection? opened = null;
            try
            {
                opened = new(await policy.OpenAsync(stop.Token).ConfigureAwait(false), policy.OwnsTransports, meter, () => greeting || Peek() is not null, stop.Token);
                await greet(opened).ConfigureAwait(false);
                greeting = false;
                return opened;
            }
            catch (TransportException exception)
            {
                lost = opened is null ? exception : await opened.Transport.ExplainAsync(exception).ConfigureAwait(false);
                await DisposeAsync(opened).ConfigureAwait(false);
                if (!lost.IsTransient || policy.Retries == 0)
                {
                    throw WithPosition(lost);
                }
            }
            catch
            {
                await DisposeAsync(opened).ConfigureAwait(false);
                throw;
            }
        }
    }

    private async Task WaitAsync(TransportException lost)
    {
        if (++attempts > policy.Retries)
        {
            throw WithPosition(lost);
        }

        var delay = policy.GetDelay(attempts);
        logger.Reconnecting(lost.Message, delay.TotalSeconds, attempts, policy.Retries);
        meter.AddReconnection();
        await Task.Delay(delay, stop.Token).ConfigureAwait(false);
    }

    private TransportException WithPosition(TransportException lost)
    {
        var position = Peek()?.Request switch
        {
            GetHashes { IsHint: false } request => request.Start,
            GetBlock request => request.Position,
            _ => -1L,
        };
        var isTried = policy.Retries > 0 && attempts > policy.Retries;
        var tried = isTried ? $" It was tried {policy.Retries} {(policy.Retries == 1 ? "time" : "times")} more." : "";
        var came = position >= 0 ? $" The comparison had come to byte {position}." : "";
        return new(isTried ? BdSyncExitStatus.Connection : lost.ExitStatus, lost.Message + tried + came, lost);
    }

    private void Fail(Exception exception)
    {
        lock (pending)
        {
            failure = exception;
            while (pending.TryDequeue(out var reply))
            {
                reply.Fail(exception);
            }
        }
    }

    private static async Task DisposeAsync(RemoteConnection? connection)
    {
        if (connection is not null)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
