using BdSync.Protocol;
using BdSync.Protocol.Devices;

namespace BdSync.TestUtilities;

/// <summary>
/// A large device that takes no memory: zeros, with islands of data. It knows of its holes, or not, and counts what is read. Safe
/// for several threads.
/// </summary>
public sealed class IslandDevice(long length, params IReadOnlyList<(long Offset, byte[] Data)> islands) : Device
{
    private long bytesRead;

    /// <summary>Whether it says where its holes are.</summary>
    public bool KnowsHoles { get; init; } = true;

    /// <inheritdoc/>
    public override string Name => "islands";

    /// <inheritdoc/>
    public override long Length => length;

    /// <summary>How many bytes have been read.</summary>
    public long BytesRead => Interlocked.Read(ref bytesRead);

    /// <inheritdoc/>
    public override int Read(long offset, Span<byte> buffer)
    {
        var count = (int)Math.Clamp(length - offset, 0, buffer.Length);
        var result = buffer[..count];
        result.Clear();
        foreach (var (start, data) in islands)
        {
            var first = Math.Max(start, offset);
            var last = Math.Min(start + data.Length, offset + count);
            if (first < last)
            {
                data.AsSpan((int)(first - start), (int)(last - first)).CopyTo(result[(int)(first - offset)..]);
            }
        }

        Interlocked.Add(ref bytesRead, count);
        return count;
    }

    /// <inheritdoc/>
    public override Extent FindData(long offset)
    {
        if (!KnowsHoles)
        {
            return base.FindData(offset);
        }

        foreach (var (start, data) in islands.OrderBy(island => island.Offset))
        {
            var first = Math.Max(start, offset);
            if (first < start + data.Length)
            {
                return new(first, start + data.Length - first);
            }
        }

        return new(Math.Max(length, offset), 0);
    }
}
