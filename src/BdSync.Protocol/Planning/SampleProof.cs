namespace BdSync.Protocol.Planning;

/// <summary>
/// What it proves that a sample of blocks was compared: how likely it is to have met damage, if there is any (the hypergeometric distribution). Immutable.
/// </summary>
/// <param name="CheckedBlocks">How many blocks were chosen at random and compared.</param>
/// <param name="TotalBlocks">How many the device has; not less.</param>
public readonly record struct SampleProof(long CheckedBlocks, long TotalBlocks)
{
    /// <summary>So many terms are summed one by one; longer sums by as many pieces.</summary>
    private const long MaxTerms = 1_000_000;

    /// <summary>What a probability of 0 has for a logarithm, for practical purposes: <see cref="double"/> has nothing smaller.</summary>
    private const double Impossible = -745;

    /// <summary>How likely it is that the sample holds at least one of the damaged blocks.</summary>
    /// <param name="damagedBlocks">How many of the device's blocks are damaged: 0 to all.</param>
    /// <returns>0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many blocks.</exception>
    public double GetDetectionChance(long damagedBlocks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(damagedBlocks);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(damagedBlocks, TotalBlocks);
        return damagedBlocks > TotalBlocks - CheckedBlocks ? 1 : -ExpM1(GetLogMissed(damagedBlocks));
    }

    /// <summary>Where nothing was found: fewer blocks than this are damaged, with so much confidence. More would have been met with at least this probability.</summary>
    /// <param name="confidence">How much: above 0, below 1, such as 0.95.</param>
    /// <returns>A number of blocks: 1 where all were checked; one more than the device has where none was.</returns>
    public long GetDamageLimit(double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        var (low, high) = (1L, TotalBlocks - CheckedBlocks + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = GetDetectionChance(middle) >= confidence ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    // ln of the product of (N - M - i) / (N - i) for i below m: the smaller of the two numbers, damaged and checked, is m, the larger one M.
    private double GetLogMissed(long damagedBlocks)
    {
        var (terms, larger) = damagedBlocks < CheckedBlocks ? (damagedBlocks, CheckedBlocks) : (CheckedBlocks, damagedBlocks);
        var pieces = Math.Min(terms, MaxTerms);
        var length = (double)terms / Math.Max(pieces, 1);
        double sum = 0;
        for (long piece = 0; piece < pieces && sum > Impossible; piece++)
        {
            var middle = (piece * length) + ((length - 1) / 2);
            sum += length * LogOnePlus(-larger / (TotalBlocks - middle));
        }

        return sum;
    }

    // Without these two a chance of a millionth would have few digits left.
    private static double LogOnePlus(double x) => Math.Abs(x) > 1e-4 ? Math.Log(1 + x) : x - (x * x / 2) + (x * x * x / 3);

    private static double ExpM1(double x) => Math.Abs(x) > 1e-4 ? Math.Exp(x) - 1 : x + (x * x / 2) + (x * x * x / 6);
}
