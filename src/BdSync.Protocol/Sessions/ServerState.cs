using System.Runtime.CompilerServices;
using BdSync.Protocol.Planning;
using BdSync.Protocol.Wire;
using BdSync.Protocol.Wire.Messages;

namespace BdSync.Protocol.Sessions;

/// <summary>What a server has been told, and what it has hashed: a server that takes over its work has to know, too.</summary>
internal sealed class ServerState
{
    /// <summary>How many bytes a server that has to catch up with a checksum reads for one answer.</summary>
    private const long CatchUpStep = 32 * 1024 * 1024;

    private StrongBox<Digests>? digests;
    private bool flushCache;
    private long hashedEnd;
    private int hashedBlockSize;

    public void SetDigests(Digests message) => digests = new(message);

    public void SetFlushCache() => flushCache = true;

    /// <summary>Notes that the server has answered for a range.</summary>
    public void AddHashed(BlockRange range)
    {
        if (range.End > hashedEnd)
        {
            (hashedEnd, hashedBlockSize) = (range.End, range.BlockSize);
        }
    }

    /// <summary>Tells a server that takes over.</summary>
    /// <exception cref="TransportException">It is gone, too.</exception>
    /// <exception cref="ProtocolException">It does not keep to the protocol.</exception>
    public async Task RestoreAsync(RemoteConnection connection)
    {
        if (digests is not { Value: var message })
        {
            return;
        }

        connection.Write(message);
        await connection.FlushAsync().ConfigureAwait(false);
        if (flushCache)
        {
            await connection.AskAsync(new GetHashes(0, GetHashes.FlushCache, 0), MessageType.Hashes).ConfigureAwait(false);
        }

        if (message.Checksum.Length > 0 && hashedEnd > 0)
        {
            // A block brings the checksum up to its end, over any gap.
            var last = new GetHashes(hashedEnd - hashedBlockSize, hashedBlockSize, 1);
            for (var position = CatchUpStep; position < last.Start; position += CatchUpStep)
            {
                await connection.AskAsync(new GetHashes(position - 1, 1, 1), MessageType.Hashes).ConfigureAwait(false);
            }

            await connection.AskAsync(last, MessageType.Hashes).ConfigureAwait(false);
        }
    }
}
