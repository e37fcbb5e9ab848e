using System.Numerics;
using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Tests.Planning;

/// <summary>What a sample proves, against fractions of whole numbers, and how often samples really meet damage.</summary>
public class SampleProofTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 100)]
    [InlineData(0, 50)]
    [InlineData(50, 50)]
    [InlineData(49, 50)]
    [InlineData(300, 1000)]
    public void Chance_is_the_fraction_of_the_choices_that_meet_damage(long chosen, long total)
    {
        var proof = new SampleProof(chosen, total);
        for (long damaged = 0; damaged <= total; damaged++)
        {
            Assert.Equal(1 - GetExactMissed(chosen, total, damaged), proof.GetDetectionChance(damaged), 1e-12);
        }
    }

    [Fact]
    public void Large_devices_are_no_problem()
    {
        // A tebibyte in blocks of 4 KiB, and 1 % of it.
        var proof = new SampleProof(2_684_355, 268_435_456);
        Assert.Equal(0.01, proof.GetDetectionChance(1), 1e-8);
        Assert.Equal(1 - Math.Pow(0.99, 300), proof.GetDetectionChance(300), 1e-6);
        Assert.Equal(1, proof.GetDetectionChance(268_435));
        Assert.Equal(299, proof.GetDamageLimit(0.95));

        // As many as the sum has pieces, and more: both ways give the same.
        var large = new SampleProof(3_000_000, 9_000_000_000_000);
        Assert.Equal(1 - Math.Exp(-1.0), large.GetDetectionChance(3_000_000), 1e-6);
        Assert.Equal(large.GetDetectionChance(1_000_000) + ((1 - large.GetDetectionChance(1_000_000)) / 3_000_000), large.GetDetectionChance(1_000_001), 1e-6);
    }

    [Fact]
    public void Limit_is_the_first_number_that_would_have_been_met()
    {
        foreach (var (chosen, total) in new (long, long)[] { (0, 10), (1, 10), (10, 10), (59, 1000), (500, 1000) })
        {
            var proof = new SampleProof(chosen, total);
            var limit = proof.GetDamageLimit(0.95);
            Assert.True(limit == 1 || proof.GetDetectionChance(limit - 1) < 0.95);
            Assert.True(limit > total || proof.GetDetectionChance(limit) >= 0.95);
        }

        Assert.Equal(1, new SampleProof(10, 10).GetDamageLimit(0.95));
        Assert.Equal(11, new SampleProof(0, 10).GetDamageLimit(0.95));
        Assert.Equal(1, default(SampleProof).GetDamageLimit(0.95));
    }

    [Theory]
    [InlineData(20, 1000, 1)]
    [InlineData(20, 1000, 30)]
    [InlineData(200, 1000, 5)]
    [InlineData(500, 1000, 1)]
    public void Samples_meet_damage_as_often_as_they_are_said_to(int chosen, int total, int damaged)
    {
        const int runs = 20_000;
        var isDamaged = new bool[total];
        foreach (var index in Enumerable.Range(0, total).OrderBy(index => (index * 7919L) % 1009).Take(damaged))
        {
            isDamaged[index] = true;
        }

        var met = Enumerable.Range(0, runs).Count(seed => (BlockSample.OfBlocks(chosen) with { Randomness = new SeededRandomness(seed) }).Choose(total).Any(index => isDamaged[index]));
        var chance = new SampleProof(chosen, total).GetDetectionChance(damaged);

        // 4.9 standard deviations: a right chooser is outside once in a million times.
        Assert.InRange(met, (runs * chance) - (4.9 * Math.Sqrt(runs * chance * (1 - chance))), (runs * chance) + (4.9 * Math.Sqrt(runs * chance * (1 - chance))));
    }

    private static double GetExactMissed(long chosen, long total, long damaged)
    {
        if (damaged > total - chosen)
        {
            return 0;
        }

        var (above, below) = (BigInteger.One, BigInteger.One);
        for (long index = 0; index < chosen; index++)
        {
            above *= total - damaged - index;
            below *= total - index;
        }

        return (double)(above * BigInteger.Pow(10, 18) / below) / 1e18;
    }
}
