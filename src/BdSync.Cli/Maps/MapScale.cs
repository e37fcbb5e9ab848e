using System.Globalization;

namespace BdSync.Cli.Maps;

/// <summary>
/// How strongly a cell is drawn. On the map of one patch or comparison that is how much of the cell has changed, on the map of several in how
/// many of them.
/// </summary>
/// <param name="PartCount">How many parts the map has.</param>
internal readonly record struct MapScale(int PartCount)
{
    /// <summary>The strongest level; 0 is for cells without a change.</summary>
    public const int MaxLevel = 4;

    private const double LowShare = 0.01;
    private const double MediumShare = 0.1;
    private const double HighShare = 0.5;

    /// <summary>The level of a cell, 0 to <see cref="MaxLevel"/>.</summary>
    public int GetLevel(MapCell cell) => PartCount > 1 ? GetLevel(cell.TouchingParts) : ((double)cell.ChangedLength / cell.Extent.Length) switch
    {
        0 => 0,
        < LowShare => 1,
        < MediumShare => 2,
        < HighShare => 3,
        _ => MaxLevel,
    };

    /// <summary>The levels that there can be, with what they mean, ascending.</summary>
    public IReadOnlyList<(int Level, string Meaning)> GetLegend()
    {
        if (PartCount <= 1)
        {
            return [(0, "unchanged"), (1, "< 1 %"), (2, "< 10 %"), (3, "< 50 %"), (MaxLevel, "50 % and more")];
        }

        var scale = this;
        List<(int, string)> legend = [(0, "in none")];
        legend.AddRange(Enumerable.Range(1, PartCount - 1).GroupBy(count => scale.GetLevel(count)).Select(counts => (counts.Key, Describe(counts.First(), counts.Last()))));
        legend.Add((MaxLevel, string.Create(CultureInfo.InvariantCulture, $"in all {PartCount}")));
        return legend;
    }

    private static string Describe(int first, int last) =>
        first == last ? string.Create(CultureInfo.InvariantCulture, $"in {first}") : string.Create(CultureInfo.InvariantCulture, $"in {first} to {last}");

    // The strongest level is for what is in all parts; the others share the rest.
    private int GetLevel(int touchingParts) =>
        touchingParts == 0 ? 0
        : touchingParts == PartCount ? MaxLevel
        : ((touchingParts * (MaxLevel - 1)) + PartCount - 2) / (PartCount - 1);
}
