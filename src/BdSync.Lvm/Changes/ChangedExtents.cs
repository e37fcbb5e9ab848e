using BdSync.Protocol;

namespace BdSync.Lvm.Changes;

/// <summary>Gathers what has changed: numbers of chunks become extents in bytes; those that touch are joined. Not safe for several threads.</summary>
/// <param name="chunkSize">The size of a chunk in bytes: at least 1.</param>
internal sealed class ChangedExtents(long chunkSize)
{
    /// <summary>How many extents may be gathered: 16 million, in 256 MiB of memory. More than that is no reason to leave anything out: it is an error.</summary>
    private const int MaxCount = 16 * 1024 * 1024;

    private readonly List<Extent> extents = [];

    /// <summary>Adds chunks.</summary>
    /// <exception cref="BdSyncException">The numbers are no part of any device, or there are too many of them.</exception>
    public void Add(ulong firstChunk, ulong count)
    {
        long offset;
        long length;
        try
        {
            offset = checked((long)firstChunk * chunkSize);
            length = checked((long)count * chunkSize);
            _ = checked(offset + length);
        }
        catch (OverflowException exception)
        {
            throw new BdSyncException(BdSyncExitStatus.Device, $"{count} chunks of {chunkSize} bytes from chunk {firstChunk} on are no part of any device.", exception);
        }

        if (extents is [.., var last] && last.End == offset)
        {
            extents[^1] = new(last.Offset, last.Length + length);
        }
        else if (extents.Count == MaxCount)
        {
            throw new BdSyncException(BdSyncExitStatus.Device, $"There are more than {MaxCount} changed extents, which are allowed.");
        }
        else if (length > 0)
        {
            extents.Add(new(offset, length));
        }
    }

    /// <summary>What was gathered, in the order in which it was added.</summary>
    public IReadOnlyList<Extent> ToList() => extents;
}
