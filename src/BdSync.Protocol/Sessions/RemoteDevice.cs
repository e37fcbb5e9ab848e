using System.Buffers;
using BdSync.Protocol.Planning;
using BdSync.Protocol.Transports;
using BdSync.Protocol.Wire;
using BdSync.Protocol.Wire.Messages;
using Microsoft.Extensions.Logging;

namespace BdSync.Protocol.Sessions;

/// <summary>
/// The client's view of the device on the other side. Any number of requests may be under way, from any thread; the server
/// answers in order. One task reads all the time, so that a server that writes never waits for a client that does.
/// </summary>
internal sealed class RemoteDevice : IAsyncDisposable
{
    private readonly FrameReader reader;
    private readonly FrameWriter writer;
    private readonly ILogger logger;
    private readonly SemaphoreSlim sending = new(1);
    private readonly Queue<PendingReply> pending = new();
    private readonly CancellationTokenSource stop;
    private Exception? failure;
    private Task receiving = Task.CompletedTask;

    private RemoteDevice(Transport transport, ILogger logger, CancellationToken cancellationToken)
    {
        reader = new(transport.Input);
        writer = new(transport.Output);
        this.logger = logger;
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>The size in bytes, as the peer states it.</summary>
    public long Length { get; private set; }

    /// <summary>What the peer can do beyond the C tool.</summary>
    public IReadOnlyList<string> Abilities { get; private set; } = [];

    /// <summary>Greets the peer and has it open its device.</summary>
    public static async Task<RemoteDevice> OpenAsync(Transport transport, string path, ILogger logger, CancellationToken cancellationToken)
    {
        var device = new RemoteDevice(transport, logger, cancellationToken);
        try
        {
            await device.OpenAsync(path, cancellationToken).ConfigureAwait(false);
            return device;
        }
        catch
        {
            await device.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sets how blocks are hashed from now on. There is no answer.</summary>
    public Task SetDigestsAsync(Digests digests, CancellationToken cancellationToken) => SendAsync(digests, null, cancellationToken);

    /// <summary>Gives a hint; returns once it is sent.</summary>
    public Task SendHintAsync(long start, long hint, CancellationToken cancellationToken)
    {
        var request = new GetHashes(start, hint, 0);
        var reply = new PendingReply<bool>(MessageType.Hashes, frame =>
        {
            Hashes.Read(frame, request, []);
            return true;
        });
        return SendAsync(request, reply, cancellationToken);
    }

    /// <summary>
    /// Asks for the digests of a block range. The result is a rented buffer, which may be longer: whoever takes it returns it to the
    /// shared pool.
    /// </summary>
    public Task<byte[]> GetHashesAsync(BlockRange range, int digestSize, CancellationToken cancellationToken)
    {
        var request = new GetHashes(range.Offset, range.BlockSize, range.Count);
        return AskAsync(request, MessageType.Hashes, frame =>
        {
            var digests = ArrayPool<byte>.Shared.Rent(range.Count * digestSize);
            Hashes.Read(frame, request, digests.AsSpan(0, range.Count * digestSize));
            return digests;
        }, cancellationToken);
    }

    /// <summary>
    /// Asks for data; at most <see cref="WireLimits.MaxBlockLength"/> bytes, all of them on the device. The result is a rented buffer,
    /// which may be longer: whoever takes it returns it to the shared pool.
    /// </summary>
    public Task<byte[]> GetBlockAsync(Extent extent, CancellationToken cancellationToken)
    {
        var request = new GetBlock(extent.Offset, extent.Length);
        return AskAsync(request, MessageType.Block, frame =>
        {
            var data = ArrayPool<byte>.Shared.Rent((int)extent.Length);
            Block.Read(frame, request, data.AsSpan(0, (int)extent.Length));
            return data;
        }, cancellationToken);
    }

    /// <summary>Asks for the checksum of all that the peer has hashed.</summary>
    public Task<byte[]> GetChecksumAsync(int size, CancellationToken cancellationToken) =>
        AskAsync(default(GetChecksum), MessageType.Checksum, frame =>
        {
            var digest = new byte[size];
            Checksum.Read(frame, digest);
            return digest;
        }, cancellationToken);

    /// <summary>Ends the session in good order.</summary>
    public Task<Done> CloseAsync(CancellationToken cancellationToken) => AskAsync(default(Done), MessageType.Done, Done.Read, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await receiving.ConfigureAwait(false);
        stop.Dispose();
        sending.Dispose();
    }

    private async Task OpenAsync(string path, CancellationToken cancellationToken)
    {
        var hello = new PendingReply<Hello>(MessageType.Hello, Hello.Read);
        var size = new PendingReply<Size>(MessageType.Size, Size.Read);
        pending.Enqueue(hello);
        pending.Enqueue(size);
        receiving = ReceiveAsync(stop.Token);
        await SendAsync(Hello.WithAbilities(Hello.Client, SessionDigests.Abilities), null, cancellationToken).ConfigureAwait(false);
        await SendAsync(new DevFile(path), null, cancellationToken).ConfigureAwait(false);
        var greeting = await hello.Task.ConfigureAwait(false);
        Abilities = greeting.Abilities;
        Length = (await size.Task.ConfigureAwait(false)).Length;
        logger.Connected(path, Length, greeting.Role);
    }

    private async Task<T> AskAsync<TRequest, T>(TRequest request, MessageType type, Func<Frame, T> read, CancellationToken cancellationToken)
        where TRequest : IMessage
    {
        var reply = new PendingReply<T>(type, read);
        await SendAsync(request, reply, cancellationToken).ConfigureAwait(false);
        return await reply.Task.ConfigureAwait(false);
    }

    private async Task SendAsync<T>(T message, PendingReply? reply, CancellationToken cancellationToken)
        where T : IMessage
    {
        await sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // The order of sending is the order of the answers.
            Enqueue(reply);
            writer.Write(message);
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException)
        {
            // The peer may have said why before it went, and the reading side knows: what it found counts.
            await receiving.WaitAsync(TimeSpan.FromSeconds(1), CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (pending)
            {
                if (failure is not null)
                {
                    throw failure;
                }
            }

            throw;
        }
        finally
        {
            sending.Release();
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
                pending.Enqueue(reply);
            }
        }
    }

    // Never throws: what goes wrong is told to all who wait.
    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            MessageType type;
            do
            {
                var frame = await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ?? throw Ended();
                type = frame.Type;
                logger.MessageReceived(type, frame.Payload.Length);
                Accept(frame);
            }
            while (type != MessageType.Done);
            Fail(new TransportException(BdSyncExitStatus.Read, "The peer has ended the session."));
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private void Accept(Frame frame)
    {
        PendingReply? reply;
        lock (pending)
        {
            pending.TryPeek(out reply);
        }

        if (reply?.Type != frame.Type)
        {
            throw new ProtocolException(
                $"The peer sent a message of type {frame.Type} ({frame.Payload.Length} bytes); {(reply is null ? "none was asked for" : $"{reply.Type} was due")}.");
        }

        reply.Accept(frame);
        lock (pending)
        {
            pending.Dequeue();
        }
    }

    private TransportException Ended()
    {
        lock (pending)
        {
            var due = pending.TryPeek(out var reply) ? reply.Type.ToString() : "Done";
            var hint = due == nameof(MessageType.Size) ? " It may be unable to open its device." : "";
            return new(BdSyncExitStatus.Read, $"The peer ended the session; its {due} message was due.{hint}");
        }
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
}
