using System.Buffers.Binary;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>A server that answers each request for digests as a test wants: honestly, or not. It knows of the protocol what such a session needs, and md5.</summary>
/// <param name="content">The device that it claims to have.</param>
/// <param name="answer">Makes the digests of a request: the salt of the session, where the blocks start, their size, and how many there are.</param>
internal sealed class AnsweringPeer(byte[] content, Func<byte[], long, int, int, Task<byte[]>> answer)
{
    /// <summary>What an honest server would say.</summary>
    public static byte[] Hash(byte[] content, byte[] salt, long start, int size, int count) =>
        [.. Enumerable.Range(0, count).SelectMany(index => HashBlock(content, salt, start + ((long)index * size), size))];

    /// <summary>Serves until the client ends the session, or is gone.</summary>
    public async Task RunAsync(StreamPair streams)
    {
        byte[] salt = [];
        try
        {
            await streams.ServerOutput.WriteAsync(RawMessage.Join(RawMessage.Hello("SERVER 0.5"), RawMessage.Size(content.Length)), TestContext.Current.CancellationToken);
            while (await ReadAsync(streams.ServerInput) is { } message)
            {
                switch (message[0])
                {
                    case 4:
                        salt = message[2..(2 + message[1])];
                        break;
                    case HostileServer.GetHashes:
                        var (start, size, count) = (Number(message, 0), Number(message, 1), Number(message, 2));
                        var digests = count == 0 ? [] : await answer(salt, start, (int)size, (int)count);
                        await streams.ServerOutput.WriteAsync(RawMessage.Hashes(start, size, count, digests), TestContext.Current.CancellationToken);
                        break;
                    case HostileServer.Done:
                        await streams.ServerOutput.WriteAsync(RawMessage.Done(), TestContext.Current.CancellationToken);
                        break;
                }
            }
        }
        catch (IOException)
        {
            // The client has given it up.
        }
        finally
        {
            streams.CompleteServer();
        }
    }

    private static byte[] HashBlock(byte[] content, byte[] salt, long offset, int size)
    {
        var block = new byte[size];
        content.AsSpan((int)offset, (int)Math.Min(size, content.Length - offset)).CopyTo(block);
        return ReferenceDigest.Md5([.. salt, .. block]);
    }

    private static long Number(byte[] message, int index) => BinaryPrimitives.ReadInt64LittleEndian(message.AsSpan(1 + (index * sizeof(long))));

    private static async Task<byte[]?> ReadAsync(Stream input)
    {
        var length = new byte[4];
        if (await input.ReadAtLeastAsync(length, 4, throwOnEndOfStream: false, TestContext.Current.CancellationToken) < 4)
        {
            return null;
        }

        var message = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        await input.ReadExactlyAsync(message, TestContext.Current.CancellationToken);
        return message;
    }
}
