using BdSync.Protocol.Planning;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Planning;

/// <summary>Ranges cover what they are asked to cover, once, and keep their caps.</summary>
public class BlockPlannerProperties
{
    private static Arbitrary<int> BlockSizes => Arb.From(Gen.OneOf(Gen.Choose(1, 100), Gen.Choose(1, 1_000_000), Gen.Elements(511, 512, 513, 524_287, 524_288, 524_289, 33_554_431)));

    private static Arbitrary<int> Lengths => Arb.From(Gen.OneOf(Gen.Choose(0, 10_000), Gen.Choose(0, 5_000_000)));

    [Property(MaxTest = 300)]
    public Property Plan_covers_the_device_exactly() => Prop.ForAll(BlockSizes, Lengths, (blockSize, length) =>
        AssertCovers(new BlockPlanner(blockSize, length).Plan(), 0, length, blockSize));

    [Property(MaxTest = 300)]
    public Property Coarse_plan_covers_the_device_exactly() => Prop.ForAll(BlockSizes, Lengths, (blockSize, length) =>
        AssertCovers(new BlockPlanner(blockSize, length).PlanCoarse(), 0, length, 64 * blockSize));

    [Property(MaxTest = 300)]
    public Property Refining_covers_an_extent_up_to_the_end_of_the_device() => Prop.ForAll(BlockSizes, Lengths, Arb.From(Gen.Choose(0, 20)), (blockSize, length, index) =>
    {
        var coarse = 64L * blockSize;
        var extent = new Extent(index * coarse, coarse * 2);
        AssertCovers(new BlockPlanner(blockSize, length).Refine(extent), extent.Offset, Math.Min(extent.End, length), blockSize);
    });

    [Fact]
    public void Largest_devices_and_blocks_do_not_overflow()
    {
        var range = new BlockPlanner(int.MaxValue, long.MaxValue).Plan().First();
        Assert.Equal(new BlockRange(0, int.MaxValue, 1), range);
        Assert.Equal(int.MaxValue, range.End);
        var coarse = new BlockPlanner(BlockPlanner.GetMaxBlockSize(twoPass: true), long.MaxValue).PlanCoarse().First();
        Assert.Equal(64 * 33_554_431, coarse.BlockSize);
    }

    [Theory]
    [InlineData(4044, 516_799, 624_516)]
    [InlineData(4096, 1_048_576, 1_048_577)]
    [InlineData(4096, 300_000, 90_000_000)]
    public void A_hole_ends_with_the_planned_length_though_data_follows_behind_it(int blockSize, int length, int data)
    {
        var end = new BlockPlanner(blockSize, length).PlanSparse(_ => new(data, 4096)).Last().End;
        Assert.Equal((length + blockSize - 1L) / blockSize * blockSize, end);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Block_size_below_1_is_refused(int blockSize) => Assert.Throws<ArgumentOutOfRangeException>(() => new BlockPlanner(blockSize, 1));

    [Fact]
    public void Negative_length_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new BlockPlanner(1, -1));

    private static void AssertCovers(IEnumerable<BlockRange> ranges, long start, long end, int blockSize)
    {
        var next = start;
        foreach (var range in ranges)
        {
            Assert.Equal(next, range.Offset);
            Assert.Equal(blockSize, range.BlockSize);
            Assert.InRange(range.Count, 1, BlockPlanner.MaxRangeCount);
            Assert.True(range.Count == 1 || range.Length <= BlockPlanner.MaxRangeLength, $"{range} is too long.");
            next = range.End;
        }

        Assert.True(end <= start ? next == start : next >= end && next - end < blockSize, $"The ranges end at {next}, not with the block that holds {end}.");
    }
}
