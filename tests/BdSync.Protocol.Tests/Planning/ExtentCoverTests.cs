using BdSync.Protocol.Planning;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Planning;

public class ExtentCoverTests
{
    [Property(MaxTest = 500)]
    public void Every_byte_of_an_extent_is_covered_once_and_no_other_block(ushort[] offsets, byte[] lengths, byte size, ushort length)
    {
        var blockSize = size + 1;
        var extents = offsets.Zip(lengths, (offset, extentLength) => new Extent(offset, extentLength)).ToList();

        var ranges = new BlockPlanner(blockSize, length, extents).Plan().ToList();

        var planned = ranges.SelectMany(range => Enumerable.Range(0, range.Count).Select(index => (range.Offset + ((long)index * blockSize)) / blockSize)).ToList();
        var needed = extents
            .SelectMany(extent => Enumerable.Range(0, (int)extent.Length).Select(index => extent.Offset + index))
            .Where(offset => offset < length)
            .Select(offset => offset / blockSize)
            .Distinct()
            .Order();
        Assert.All(ranges, range => Assert.Equal(0, range.Offset % blockSize));
        Assert.Equal(needed, planned);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(1, long.MaxValue)]
    public void Impossible_extents_are_refused(long offset, long length)
    {
        var error = Assert.Throws<BdSyncException>(() => new BdSyncLocal(new() { Extents = [new(0, 1), new(offset, length)] }));

        Assert.Equal(BdSyncExitStatus.Parameters, error.ExitStatus);
    }

    [Fact]
    public void A_checksum_and_extents_exclude_each_other() =>
        Assert.Throws<BdSyncException>(() => new BdSyncClient(new() { Extents = [], Checksum = "md5" }));
}
