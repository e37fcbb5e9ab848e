using System.Globalization;

namespace BdSync.Cli.Output.Live;

/// <summary>Numbers as a view shows them: short, and never wider than their columns.</summary>
internal static class LiveNumbers
{
    /// <summary>What a size takes at most: <c>9.99GiB</c>.</summary>
    public const int SizeWidth = 7;

    /// <summary>What a rate takes at most: <c>9.99GiB/s</c>.</summary>
    public const int RateWidth = 9;

    /// <summary>What a time takes at most: <c>9h59 left</c>.</summary>
    public const int TimeWidth = 9;

    /// <summary><c>100%</c></summary>
    public const int PercentageWidth = 4;

    private const int MaxDays = 999;

    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>Three digits and a unit: <c>12.4MiB</c>.</summary>
    /// <param name="bytes">A number of bytes; below 0 it counts as 0.</param>
    public static string FormatSize(long bytes)
    {
        var value = (double)Math.Max(0, bytes);
        var unit = 0;
        while (value >= 999.5 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        var format = unit == 0 || value >= 99.95 ? "0" : value >= 9.995 ? "0.0" : "0.00";
        return value.ToString(format, CultureInfo.InvariantCulture) + Units[unit];
    }

    /// <summary><see cref="FormatSize"/> for each second.</summary>
    public static string FormatRate(long bytesPerSecond) => FormatSize(bytesPerSecond) + "/s";

    /// <summary>A time that has passed: <c>4:05</c>, <c>1:04:05</c>, from 100 hours on <c>4d 4h</c>.</summary>
    public static string FormatElapsed(TimeSpan time) => time switch
    {
        { TotalHours: < 1 } => Invariant($"{Math.Max(0, time.Minutes)}:{Math.Max(0, time.Seconds):00}"),
        { TotalHours: < 100 } => Invariant($"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}"),
        _ => Invariant($"{Math.Min(time.Days, MaxDays)}d {time.Hours}h"),
    };

    /// <summary>A time that is left; the longer it is, the less is known of it: <c>4:05 left</c>, <c>35m left</c>, <c>1h04 left</c>, <c>35h left</c>, <c>4d left</c>.</summary>
    /// <returns>It; nothing where that is more than anybody waits for.</returns>
    public static string FormatRemaining(TimeSpan time) => time switch
    {
        { TotalMinutes: < 10 } => Invariant($"{Math.Max(0, time.Minutes)}:{Math.Max(0, time.Seconds):00} left"),
        { TotalHours: < 1 } => Invariant($"{time.Minutes}m left"),
        { TotalHours: < 10 } => Invariant($"{time.Hours}h{time.Minutes:00} left"),
        { TotalHours: < 100 } => Invariant($"{(int)time.TotalHours}h left"),
        { TotalDays: <= MaxDays } => Invariant($"{time.Days}d left"),
        _ => "",
    };

    /// <summary>A part as a percentage, rounded down: 100 only where all is done.</summary>
    /// <param name="fraction">0 to 1; what lies outside counts as the nearer of these.</param>
    public static string FormatPercentage(double fraction) => Invariant($"{Math.Floor(Math.Clamp(fraction, 0, 1) * 100):0}%");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
