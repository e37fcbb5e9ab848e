namespace BdSync.Cli.Tasks.Reports.History;

/// <summary>Small bars, one for each value.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string AsciiBlocks = "_.-:=+*#";

    /// <summary>What stands for a run without a value, such as one that failed.</summary>
    private const char None = 'x';

    /// <summary>Writes bars from 0 to the largest value: the lowest bar is 0, or nearly so.</summary>
    /// <param name="values">The values: 0 or more; null for none.</param>
    /// <param name="isUtf8">Whether more than ASCII may be shown.</param>
    public static string Write(IReadOnlyList<double?> values, bool isUtf8)
    {
        var blocks = isUtf8 ? Blocks : AsciiBlocks;
        var most = values.Max() ?? 0;
        return string.Concat(values.Select(value => value is { } number ? blocks[most > 0 ? (int)Math.Round(Math.Clamp(number / most, 0, 1) * (blocks.Length - 1)) : 0] : None));
    }
}
