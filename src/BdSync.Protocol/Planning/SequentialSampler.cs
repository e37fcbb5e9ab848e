using System.Security.Cryptography;

namespace BdSync.Protocol.Planning;

/// <summary>
/// Chooses numbers without repetition in ascending order, one after the other, with nothing to remember: Method D of J. S. Vitter, "An Efficient Algorithm for Sequential Random Sampling"
/// (ACM Transactions on Mathematical Software 13, 1987). How many numbers are skipped before the next one is drawn from its distribution, by rejection; the cost is that of the numbers chosen.
/// </summary>
internal static class SequentialSampler
{
    /// <summary>Where more than one number of so many is chosen, looking at each (Method A) is faster: Vitter's alpha.</summary>
    private const long MethodAFactor = 13;

    /// <summary>Chooses.</summary>
    /// <param name="count">How many: 0 to <paramref name="total"/>.</param>
    /// <param name="total">The numbers are below this.</param>
    /// <param name="randomness">Where randomness comes from; null for the system's generator.</param>
    public static IEnumerable<long> Choose(long count, long total, RandomNumberGenerator? randomness)
    {
        var random = new UniformNumbers(randomness);
        long next = 0;
        while (count > 0)
        {
            var skipped = count == 1 ? (long)(random.Next() * total)
                : count > total / MethodAFactor ? SkipLinearly(count, total, random)
                : SkipByRejection(count, total, random);
            skipped = Math.Clamp(skipped, 0, total - count);
            yield return next + skipped;
            next += skipped + 1;
            total -= skipped + 1;
            count--;
        }
    }

    private static long SkipLinearly(long count, long total, UniformNumbers random)
    {
        var threshold = random.Next();
        long skipped = 0;
        double others = total - count;
        double rest = total;
        var quotient = others / rest;
        while (quotient > threshold)
        {
            skipped++;
            others--;
            rest--;
            quotient *= others / rest;
        }

        return skipped;
    }

    private static long SkipByRejection(long count, long total, UniformNumbers random)
    {
        double n = count;
        double all = total;
        var positions = all - n + 1;
        while (true)
        {
            // From the continuous distribution that lies above the wanted one.
            var x = all * (1 - Math.Pow(random.Next(), 1 / n));
            var skipped = Math.Floor(x);
            if (skipped >= positions)
            {
                continue;
            }

            // Accepted at once in most cases, else by the exact probability.
            var y = Math.Pow(random.Next() * all / positions, 1 / (n - 1));
            if (y * (1 - (x / all)) * (positions / (positions - skipped)) <= 1 || all / (all - x) >= y * Math.Exp(GetLogRatio(n, all, skipped) / (n - 1)))
            {
                return (long)skipped;
            }
        }
    }

    // The logarithm of the falling factorials' quotient that the exact probability has.
    private static double GetLogRatio(double n, double all, double skipped)
    {
        var (bottom, limit) = n - 1 > skipped ? (all - n, all - skipped) : (all - skipped - 1, all - n + 1);
        double sum = 0;
        for (var top = all - 1; top >= limit; top--, bottom--)
        {
            sum += Math.Log(top / bottom);
        }

        return sum;
    }
}
