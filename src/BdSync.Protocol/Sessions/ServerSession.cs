using System.Threading.Channels;
using BdSync.Protocol.Wire;
using BdSync.Protocol.Wire.Messages;
using Microsoft.Extensions.Logging;

namespace BdSync.Protocol.Sessions;

/// <summary>
/// One client's session on the server: three loops joined by bounded channels. The first reads requests, the second has them
/// worked on, in their order, the third sends the answers, in the same order. An error travels down with the requests, so that
/// what was asked for before it is still answered; if the last loop fails, the others are stopped.
/// </summary>
internal sealed class ServerSession(Stream input, Stream output, BdSyncServerOptions options, ILogger logger) : IDisposable
{
    /// <summary>How many requests may wait: more than any client has under way, so that reading hardly ever waits for hashing.</summary>
    private const int MaxRequests = 64;

    /// <summary>How many answers may wait for the client to take them, each at most 128 KiB.</summary>
    private const int MaxReplies = 32;

    private const int FlushThreshold = 256 * 1024;

    private readonly FrameReader reader = new(input);
    private readonly FrameWriter writer = new(output);
    private ServedDevice? device;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var requests = Channel.CreateBounded<IMessage>(MaxRequests);
        var replies = Channel.CreateBounded<Task<ServerReply>>(MaxReplies);
        var reading = ReadAsync(requests.Writer, stop.Token);
        var working = WorkAsync(requests.Reader, replies.Writer, stop.Token);
        try
        {
            await SendAsync(replies.Reader, cancellationToken).ConfigureAwait(false);
            logger.SessionOver();
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(reading, working).ConfigureAwait(false);
            while (replies.Reader.TryRead(out var reply))
            {
                await ((Task)reply).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (reply.IsCompletedSuccessfully)
                {
                    (await reply.ConfigureAwait(false)).Dispose();
                }
            }

            if (device is not null)
            {
                await device.DrainAsync().ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => device?.Dispose();

    // Never throws: an error is passed on.
    private async Task ReadAsync(ChannelWriter<IMessage> requests, CancellationToken cancellationToken)
    {
        try
        {
            IMessage message;
            do
            {
                var frame = await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
                    ?? throw new TransportException(BdSyncExitStatus.Read, "The client ended the session without a Done message.");
                logger.MessageReceived(frame.Type, frame.Payload.Length);
                message = Parse(frame);
                await requests.WriteAsync(message, cancellationToken).ConfigureAwait(false);
            }
            while (message is not Done);
            requests.Complete();
        }
        catch (Exception exception)
        {
            requests.Complete(exception);
        }
    }

    private static IMessage Parse(Frame frame) => frame.Type switch
    {
        MessageType.Hello => Hello.Read(frame),
        MessageType.DevFile => DevFile.Read(frame),
        MessageType.Digests => Digests.Read(frame),
        MessageType.GetHashes => GetHashes.Read(frame),
        MessageType.Done => Done.Read(frame),
        MessageType.GetBlock => GetBlock.Read(frame),
        MessageType.GetChecksum => GetChecksum.Read(frame),
        _ => throw new ProtocolException($"The client sent a message of type {(byte)frame.Type} ({frame.Type}), which a server does not take."),
    };

    // Never throws, for the same reason.
    private async Task WorkAsync(ChannelReader<IMessage> requests, ChannelWriter<Task<ServerReply>> replies, CancellationToken cancellationToken)
    {
        try
        {
            await GreetAsync(requests, ReplyAsync, cancellationToken).ConfigureAwait(false);
            var path = Expect<DevFile>(await requests.ReadAsync(cancellationToken).ConfigureAwait(false)).Path;
            device = new(options.OpenDevice(path), options);
            logger.DeviceOpened(path, device.Length);
            await ReplyAsync(new Size(device.Length)).ConfigureAwait(false);
            await foreach (var request in requests.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await replies.WaitToWriteAsync(cancellationToken).ConfigureAwait(false);
                if (await AnswerAsync(device, request, cancellationToken).ConfigureAwait(false) is { } reply)
                {
                    await replies.WriteAsync(reply, CancellationToken.None).ConfigureAwait(false);
                }
            }

            replies.Complete();
        }
        catch (ChannelClosedException exception) when (exception.InnerException is { } cause)
        {
            replies.Complete(cause);
        }
        catch (Exception exception)
        {
            replies.Complete(exception);
        }

        ValueTask ReplyAsync(IMessage message) => replies.WriteAsync(Task.FromResult(new ServerReply(message, null)), cancellationToken);
    }

    // The C tool greets at once, and its client does not wait for it: so waiting for the client does no harm, and tells whether it
    // is one that wants to know our abilities. A C tool's client gets, byte for byte, what a C tool's server says.
    private static async Task GreetAsync(ChannelReader<IMessage> requests, Func<IMessage, ValueTask> replyAsync, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> abilities = [];
        try
        {
            abilities = Expect<Hello>(await requests.ReadAsync(cancellationToken).ConfigureAwait(false)).Abilities;
        }
        finally
        {
            await replyAsync(abilities.Count == 0 ? new Hello(Hello.Server) : Hello.WithAbilities(Hello.Server, SessionDigests.Abilities)).ConfigureAwait(false);
        }
    }

    // The answer, which may still be worked on; null where a request has none.
    private static async ValueTask<Task<ServerReply>?> AnswerAsync(ServedDevice device, IMessage request, CancellationToken cancellationToken)
    {
        switch (request)
        {
            case Digests digests:
                await device.SetDigestsAsync(digests).ConfigureAwait(false);
                return null;
            case GetHashes { IsHint: true } hint:
                device.TakeHint(hint);
                return Task.FromResult(new ServerReply(new Hashes(hint, default), null));
            case GetHashes getHashes:
                return await device.StartHashingAsync(getHashes, cancellationToken).ConfigureAwait(false);
            case GetBlock getBlock:
                return Task.FromResult(device.ReadBlock(getBlock));
            case GetChecksum:
                return Task.FromResult(new ServerReply(new Checksum(device.TakeChecksum()), null));
            case Done done:
                return Task.FromResult(new ServerReply(done, null));
            default:
                throw new ProtocolException($"The client sent a second {request.GetType().Name} message.");
        }
    }

    private static T Expect<T>(IMessage message)
        where T : IMessage =>
        message is T expected ? expected : throw new ProtocolException($"The client sent a {message.GetType().Name} message where {typeof(T).Name} was due.");

    private async Task SendAsync(ChannelReader<Task<ServerReply>> replies, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var replying in replies.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                using var reply = await replying.ConfigureAwait(false);
                writer.Write(reply.Message);
                if (writer.UnflushedBytes >= FlushThreshold || !(replies.TryPeek(out var next) && next.IsCompleted))
                {
                    await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            if (writer.UnflushedBytes > 0)
            {
                await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
