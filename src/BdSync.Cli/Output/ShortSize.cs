using System.Globalization;

namespace BdSync.Cli.Output;

/// <summary>A number of bytes for people: <c>512 B</c>, <c>16 MiB</c>, <c>12.3 GiB</c>. Whole numbers have no decimals.</summary>
/// <param name="Bytes">The number, not negative.</param>
internal readonly record struct ShortSize(long Bytes)
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    public override string ToString()
    {
        var unit = 0;
        while (unit < Units.Length - 1 && Bytes >> (10 * (unit + 1)) > 0)
        {
            unit++;
        }

        var size = 1L << (10 * unit);
        return Bytes % size == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Bytes / size} {Units[unit]}")
            : string.Create(CultureInfo.InvariantCulture, $"{(double)Bytes / size:F1} {Units[unit]}");
    }

    /// <summary>A multiple of a step, exactly and in the largest unit that the step is a whole number of: all multiples look alike.</summary>
    /// <param name="bytes">The number.</param>
    /// <param name="step">What it is a multiple of, in bytes; at least 1.</param>
    public static string FormatMultiple(long bytes, long step)
    {
        var unit = 0;
        while (unit < Units.Length - 1 && step % (1L << (10 * (unit + 1))) == 0)
        {
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes >> (10 * unit)} {Units[unit]}");
    }
}
