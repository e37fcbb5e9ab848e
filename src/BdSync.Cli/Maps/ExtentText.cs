using System.Globalization;
using System.Text;
using BdSync.Cli.Output;
using BdSync.Protocol;
using BdSync.Protocol.Planning;

namespace BdSync.Cli.Maps;

/// <summary>The largest and the smallest extents, for people.</summary>
internal static class ExtentText
{
    private const int Listed = 5;

    /// <summary>Appends a line for each; few extents are listed once.</summary>
    public static void Append(StringBuilder text, ExtentSummary extents)
    {
        if (!extents.IsAscending)
        {
            text.Append("            not in ascending order, as in patches that take a device back: bytes may count twice\n");
        }

        if (extents.Count <= Listed)
        {
            AppendList(text, "extents", extents.Largest.OrderBy(extent => extent.Offset));
            return;
        }

        AppendList(text, "largest", extents.Largest.Take(Listed));
        AppendList(text, "smallest", extents.Smallest.Take(Listed));
    }

    private static void AppendList(StringBuilder text, string title, IEnumerable<Extent> extents)
    {
        foreach (var extent in extents)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {title,-10}{new ShortSize(extent.Length),-9} at offset {extent.Offset}\n");
            title = "";
        }
    }
}
