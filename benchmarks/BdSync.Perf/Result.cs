using System.Globalization;

namespace BdSync.Perf;

/// <summary>A line of the table, measured.</summary>
internal sealed record Result(Row Row, Measurement Ours, Measurement? Theirs)
{
    /// <summary>The other tool's elapsed time ÷ ours; null where there is no other.</summary>
    public double? Ratio => Theirs?.Wall / Ours.Wall;

    public string ToMarkdown() => string.Join(
        " | ",
        "| " + Row.Name,
        Row.Asked,
        Format(Ratio, "0.0"),
        Format(Ours.Wall.TotalSeconds, "0.000"),
        Format(Theirs?.Wall.TotalSeconds, "0.000"),
        Format(Ours.Cpu.TotalSeconds, "0.00"),
        Format(Theirs?.Cpu.TotalSeconds, "0.00"),
        Format(Ours.PeakMemory / 1048576.0, "0"),
        Format(Theirs?.PeakMemory / 1048576.0, "0") + " |");

    private static string Format(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
