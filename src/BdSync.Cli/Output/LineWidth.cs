using System.Globalization;

namespace BdSync.Cli.Output;

/// <summary>How wide lines of a table may be.</summary>
internal static class LineWidth
{
    /// <summary>Gets the number of columns: the terminal's, else what COLUMNS says; null for any number.</summary>
    /// <param name="ofTerminal">How many the terminal has; null where there is none, 0 where it doesn't say.</param>
    public static int? Get(int? ofTerminal) => ofTerminal > 0 ? ofTerminal
        : int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0 ? columns
        : null;
}
