using System.Buffers;
using System.Buffers.Binary;
using BdSync.Protocol;
using BdSync.Protocol.Devices;

namespace BdSync.Lvm.Changes;

/// <summary>
/// The exception table of a thick snapshot, in the format of the persistent store of device-mapper (the kernel admin guide, device-mapper/snapshot):
/// a header chunk, then areas of a chunk of exceptions each, followed by the chunks of data that these have copied. An exception is the number of a chunk of the
/// origin and that of its copy, 8 bytes each, little-endian; a copy in chunk 0 ends the table.
/// </summary>
internal static class SnapshotExceptions
{
    /// <summary>"SnAp", little-endian.</summary>
    private const uint Magic = 0x70416E53;

    private const uint Version = 1;
    private const int HeaderLength = 16;
    private const int ExceptionLength = 16;
    private const int SectorSize = 512;

    /// <summary>The largest chunk of a snapshot, in sectors: 512 KiB (lvcreate(8)).</summary>
    private const uint MaxChunkSectors = 1024;

    /// <summary>Reads which chunks of the origin have been written to since the snapshot was taken.</summary>
    /// <param name="store">The snapshot's store, such as <c>/dev/mapper/vg0-snap-cow</c>, read past the page cache.</param>
    /// <returns>The extents of the origin that may have changed, in bytes, in the order of the table.</returns>
    /// <exception cref="BdSyncException">The store is no such thing, or the snapshot is invalid (<see cref="BdSyncExitStatus.Device"/>).</exception>
    public static IReadOnlyList<Extent> Read(Device store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var chunkSize = ReadChunkSize(store);
        var changed = new ChangedExtents(chunkSize);
        var area = ArrayPool<byte>.Shared.Rent(chunkSize);
        try
        {
            var exceptions = chunkSize / ExceptionLength;
            for (long chunk = 1; ; chunk += exceptions + 1)
            {
                var offset = checked(chunk * chunkSize);
                if (offset > store.Length - chunkSize)
                {
                    // The store is full to its last chunk.
                    return changed.ToList();
                }

                ReadExactly(store, offset, area.AsSpan(0, chunkSize));
                for (var index = 0; index < exceptions; index++)
                {
                    var exception = area.AsSpan(index * ExceptionLength, ExceptionLength);
                    if (BinaryPrimitives.ReadUInt64LittleEndian(exception[8..]) == 0)
                    {
                        return changed.ToList();
                    }

                    changed.Add(BinaryPrimitives.ReadUInt64LittleEndian(exception), 1);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(area);
        }
    }

    private static int ReadChunkSize(Device store)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        ReadExactly(store, 0, header);
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(header);
        var valid = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        var version = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        var sectors = BinaryPrimitives.ReadUInt32LittleEndian(header[12..]);
        return magic != Magic ? throw Fault(store, $"starts with {magic:x8}, not with {Magic:x8}")
            : valid != 1 ? throw Fault(store, "belongs to a snapshot that is no longer valid")
            : version != Version ? throw Fault(store, $"is of version {version}, not {Version}")
            : sectors is 0 or > MaxChunkSectors || !uint.IsPow2(sectors) ? throw Fault(store, $"has chunks of {sectors} sectors; powers of two up to {MaxChunkSectors} are possible")
            : (int)sectors * SectorSize;
    }

    private static void ReadExactly(Device store, long offset, Span<byte> buffer)
    {
        if (store.Read(offset, buffer) < buffer.Length)
        {
            throw Fault(store, $"ends before {offset + buffer.Length} bytes");
        }
    }

    private static BdSyncException Fault(Device store, string what) =>
        new(BdSyncExitStatus.Device, $"{store.Name} can't be used as the store of a snapshot: it {what}.");
}
