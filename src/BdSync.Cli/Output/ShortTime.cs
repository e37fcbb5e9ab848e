using System.Globalization;

namespace BdSync.Cli.Output;

/// <summary>A duration for people: <c>4.2s</c>, <c>3m07s</c>, <c>26h00m05s</c>.</summary>
/// <param name="Seconds">How many seconds: 0 or more.</param>
internal readonly record struct ShortTime(double Seconds)
{
    private const double Minute = 60;

    public override string ToString()
    {
        if (Math.Round(Seconds, 1) < Minute)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Seconds:F1}s");
        }

        var whole = (long)Math.Min(Math.Round(Seconds), long.MaxValue / 2);
        return whole < 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{whole / 60}m{whole % 60:00}s")
            : string.Create(CultureInfo.InvariantCulture, $"{whole / 3600}h{whole / 60 % 60:00}m{whole % 60:00}s");
    }
}
