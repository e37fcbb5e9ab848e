using System.Globalization;
using System.Security.Cryptography;

namespace BdSync.Protocol.Planning;

/// <summary>
/// How many blocks of a device are compared, chosen at random by the system's cryptographic generator: each set of that many blocks is as likely as any other, none is chosen
/// twice, and nobody knows a choice beforehand. Immutable.
/// </summary>
public sealed record BlockSample
{
    private readonly decimal? share;
    private readonly long count;

    private BlockSample(decimal? share, long count)
    {
        this.share = share;
        this.count = count;
    }

    /// <summary>Where randomness comes from; null for the system's generator. Tests repeat a choice.</summary>
    internal RandomNumberGenerator? Randomness { get; init; }

    /// <summary>A number of blocks; all of a device that has less.</summary>
    /// <param name="count">How many: at least 1.</param>
    /// <returns>The sample.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public static BlockSample OfBlocks(long count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new(null, count);
    }

    /// <summary>A part of the blocks, rounded up.</summary>
    /// <param name="share">Which part: above 0, up to 1.</param>
    /// <returns>The sample.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public static BlockSample OfShare(decimal share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        return new(share, 0);
    }

    /// <summary>Understands <c>5%</c>, <c>0.1%</c> or <c>1000</c>, a number of blocks.</summary>
    /// <param name="text">The text.</param>
    /// <param name="sample">The sample; null where it is none.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, out BlockSample? sample)
    {
        ArgumentNullException.ThrowIfNull(text);
        sample = null;
        if (text.EndsWith('%'))
        {
            if (decimal.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and <= 100)
            {
                sample = OfShare(percent / 100);
            }
        }
        else if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            sample = OfBlocks(number);
        }

        return sample is not null;
    }

    /// <summary>How many blocks are chosen out of so many.</summary>
    /// <param name="blocks">How many there are; not negative.</param>
    /// <returns>The number: 0 of none, else at least 1.</returns>
    public long GetSize(long blocks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(blocks);
        return Math.Min(blocks, share is { } part ? (long)Math.Ceiling(blocks * part) : count);
    }

    /// <inheritdoc/>
    public override string ToString() => share is { } part ? string.Create(CultureInfo.InvariantCulture, $"{part * 100:0.#############################}%") : count.ToString(CultureInfo.InvariantCulture);

    /// <summary>Chooses, while it is enumerated. Each enumeration is another choice.</summary>
    /// <param name="blocks">How many blocks there are.</param>
    /// <returns>Their numbers, from 0 on, ascending.</returns>
    internal IEnumerable<long> Choose(long blocks) => SequentialSampler.Choose(GetSize(blocks), blocks, Randomness);
}
