using System.Buffers.Binary;
using BdSync.Lvm.Changes;
using BdSync.Protocol;
using BdSync.TestUtilities;
using FsCheck.Xunit;

namespace BdSync.Lvm.Tests.Changes;

public class SnapshotExceptionsTests
{
    [Property(MaxTest = 200)]
    public void Every_chunk_of_the_table_is_found(uint[] chunks, byte size, bool full)
    {
        var chunkSize = 4096 << (size % 5);
        var store = CreateStore(chunkSize, chunks, full);

        var changed = SnapshotExceptions.Read(new MemoryDevice(store));

        Assert.Equal(chunks.Select(chunk => (long)chunk).Distinct().Order(), changed.SelectMany(extent => Enumerable.Range(0, (int)(extent.Length / chunkSize)).Select(index => (extent.Offset / chunkSize) + index)).Distinct().Order());
        Assert.All(changed, extent => Assert.Equal(0, extent.Offset % chunkSize));
    }

    [Theory]
    [InlineData(0, 0x12345678u, "starts with")]
    [InlineData(4, 0u, "no longer valid")]
    [InlineData(8, 2u, "version")]
    [InlineData(12, 3u, "chunks of")]
    [InlineData(12, 0u, "chunks of")]
    [InlineData(12, 0x80000000u, "chunks of")]
    public void A_header_that_is_wrong_is_refused(int offset, uint value, string expected)
    {
        var store = CreateStore(4096, [1, 2], full: false);
        BinaryPrimitives.WriteUInt32LittleEndian(store.AsSpan(offset), value);

        Assert.Contains(expected, Assert.Throws<BdSyncException>(() => SnapshotExceptions.Read(new MemoryDevice(store))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_without_a_header_is_refused() => Assert.Throws<BdSyncException>(() => SnapshotExceptions.Read(new MemoryDevice([1, 2, 3])));

    private static byte[] CreateStore(int chunkSize, uint[] chunks, bool full)
    {
        var perArea = chunkSize / 16;
        var areas = (chunks.Length / perArea) + 1;
        var data = new byte[(1 + (areas * (perArea + 1))) * chunkSize];
        BinaryPrimitives.WriteUInt32LittleEndian(data, 0x70416E53);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(8), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(12), (uint)chunkSize / 512);
        for (var index = 0; index < chunks.Length; index++)
        {
            var (area, slot) = (index / perArea, index % perArea);
            var areaChunk = 1 + (area * (perArea + 1));
            var exception = data.AsSpan((areaChunk * chunkSize) + (slot * 16));
            BinaryPrimitives.WriteUInt64LittleEndian(exception, chunks[index]);
            BinaryPrimitives.WriteUInt64LittleEndian(exception[8..], (ulong)(areaChunk + 1 + slot));
        }

        // Cut behind the last full area: there is no room for the end of the table.
        return full && chunks.Length % perArea == 0 ? data[..((1 + ((areas - 1) * (perArea + 1))) * chunkSize)] : data;
    }
}
