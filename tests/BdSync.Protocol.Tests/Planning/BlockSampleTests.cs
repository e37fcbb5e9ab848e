using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Tests.Planning;

/// <summary>Which blocks a sample has: uniform, none twice, ascending. The randomness is fixed; the bounds are such that a right chooser passes with nearly any.</summary>
public class BlockSampleTests
{
    /// <summary>A right chooser passes one of these bounds once in a million times.</summary>
    private const double OneInAMillion = 4.892;

    [Theory]
    [InlineData("5%", 1000, 50)]
    [InlineData("5%", 1, 1)]
    [InlineData("0.1%", 1_000_001, 1001)]
    [InlineData("7%", 100, 7)]
    [InlineData("100%", 17, 17)]
    [InlineData("20", 1000, 20)]
    [InlineData("20", 10, 10)]
    [InlineData("20", 0, 0)]
    [InlineData("5%", 0, 0)]
    [InlineData("9223372036854775807", 12, 12)]
    [InlineData("99.999999999999999%", 9_223_372_036_854_775_807, 9_223_372_036_854_775_715)]
    public void Size_is_rounded_up_and_at_most_all(string text, long blocks, long expected)
    {
        Assert.True(BlockSample.TryParse(text, out var sample));
        Assert.Equal(expected, sample!.GetSize(blocks));
        Assert.Equal(text, sample.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0%")]
    [InlineData("-1%")]
    [InlineData("100.1%")]
    [InlineData("%")]
    [InlineData("1,5%")]
    [InlineData("1e2%")]
    [InlineData(" 5")]
    [InlineData("9223372036854775808")]
    [InlineData("all")]
    public void What_is_no_sample_is_refused(string text) => Assert.False(BlockSample.TryParse(text, out _));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 1_000_000_007)]
    [InlineData(999, 1000)]
    [InlineData(1000, 1000)]
    [InlineData(77, 1000)]
    [InlineData(76, 1000)]
    [InlineData(5000, 1_000_000_000_000)]
    [InlineData(2, 4_611_686_018_427_387_904)]
    public void Choices_ascend_without_repetition(long count, long blocks)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var chosen = Choose(count, blocks, seed);
            Assert.Equal(count, chosen.Count);
            Assert.InRange(chosen[0], 0, blocks - 1);
            Assert.True(chosen[^1] < blocks);
            Assert.All(chosen.Zip(chosen.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        }
    }

    [Theory]
    [InlineData(3, 60)]
    [InlineData(4, 60)]
    [InlineData(5, 60)]
    [InlineData(20, 60)]
    [InlineData(59, 60)]
    public void Each_block_and_each_pair_is_as_likely_as_any_other(int count, int blocks)
    {
        const int runs = 40_000;
        var singles = new double[blocks];
        var neighbours = 0;
        for (var seed = 0; seed < runs; seed++)
        {
            var chosen = Choose(count, blocks, seed);
            chosen.ForEach(index => singles[index]++);
            neighbours += chosen.Zip(chosen.Skip(1)).Count(pair => pair.First + 1 == pair.Second);
        }

        // Fewer degrees of freedom than blocks, as the sum is fixed; each term is scaled to a variance of 1.
        var share = (double)count / blocks;
        var chiSquare = singles.Sum(seen => Math.Pow(seen - (runs * share), 2) / (runs * share * (1 - share)));
        var degrees = blocks - 1;
        Assert.InRange(chiSquare * degrees / blocks, degrees - (OneInAMillion * Math.Sqrt(2 * degrees)), degrees + (OneInAMillion * Math.Sqrt(2 * degrees)) + 30);

        var expected = runs * (blocks - 1) * share * (count - 1) / (blocks - 1);
        var bound = OneInAMillion * Math.Sqrt(runs) * Math.Sqrt(count);
        Assert.InRange(neighbours, expected - bound, expected + bound);
    }

    [Fact]
    public void Each_place_of_a_large_device_is_as_likely_as_any_other()
    {
        const long blocks = 10_000_000_000;
        const int bins = 100;
        var seen = new double[bins];
        var chosen = Choose(100_000, blocks, 1);
        chosen.ForEach(index => seen[index / (blocks / bins)]++);
        var expected = chosen.Count / (double)bins;
        var chiSquare = seen.Sum(value => Math.Pow(value - expected, 2) / expected);
        Assert.InRange(chiSquare, 40, 200);
    }

    [Fact]
    public void Nobody_knows_the_next_choice()
    {
        var sample = BlockSample.OfBlocks(100);
        Assert.NotEqual(sample.Choose(1_000_000_000), sample.Choose(1_000_000_000));
    }

    private static List<long> Choose(long count, long blocks, int seed) => [.. (BlockSample.OfBlocks(count) with { Randomness = new SeededRandomness(seed) }).Choose(blocks)];
}
