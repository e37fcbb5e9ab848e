using System.Globalization;
using System.Text;
using BdSync.Cli.Maps;
using BdSync.Cli.Output;
using BdSync.Cli.Patches;
using BdSync.Protocol.Patching;

namespace BdSync.Cli.Inspecting;

/// <summary>What <c>bdsync inspect</c> shows to people.</summary>
internal static class InspectionText
{
    /// <summary>All that is known of one patch but the map.</summary>
    public static string Describe(InspectedPatch patch, TextStyle style)
    {
        var name = patch.Path == PatchInspection.StandardInput ? "standard input" : style.Show(patch.Path);
        var text = new StringBuilder();
        if (patch.Summary is not { } summary)
        {
            return Invariant(text, $"{name}: can't be read. {style.Show(patch.ReadError ?? "")}\n").ToString();
        }

        Invariant(text, $"{name}: {DescribeState(patch, summary)}\n");
        if (summary.Damage is { } damage)
        {
            Invariant(text, $"  {style.Show(damage)}\n");
        }

        if (summary.Header is { } header)
        {
            Invariant(text, $"  device    {style.Show(header.DeviceName)}, {Format(header.DeviceLength)}\n");
            Invariant(text, $"  changed   {Format(summary.Extents.Length)} in {Count(summary.RecordCount, "record")}, {Count(summary.Extents.Count, "extent")}\n");
            ExtentText.Append(text, summary.Extents);
        }

        if (summary.Checksum is { } checksum)
        {
            Invariant(text, $"  checksum  {style.Show(checksum.Name)} {checksum.DigestText}\n");
        }

        if (patch.FollowingLength is > 0 and var following)
        {
            var atLeast = following >= PatchInspection.MaxFollowingLength && patch.Compression != PatchCompression.None ? "At least " : "";
            Invariant(text, $"  {atLeast}{Count(following, "byte")} behind the patch's end: applying it ignores them.\n");
        }

        return text.ToString();
    }

    /// <summary>The map of one patch, or of several together.</summary>
    public static string DrawMap(IReadOnlyList<InspectedPatch> patches, TextStyle style)
    {
        var parts = patches.Select(patch => patch.Cells).OfType<DeviceCells>().ToList();
        if (parts.Count == 0)
        {
            return "";
        }

        var text = new StringBuilder("\n");
        if (parts.Count > 1)
        {
            Invariant(text, $"All {parts.Count} patches together, by how many of them change a cell:\n");
            if (patches.Select(patch => patch.Summary?.Header?.DeviceName).OfType<string>().Distinct().Count() > 1)
            {
                text.Append("They name different devices.\n");
            }
        }

        TerminalMap.Draw(parts, style).ToList().ForEach(line => text.Append(line).Append('\n'));
        return text.ToString();
    }

    private static string DescribeState(InspectedPatch patch, PatchSummary summary)
    {
        var decompressed = patch.Compression == PatchCompression.None ? "" : " decompressed";
        var kind = patch.Compression == PatchCompression.None ? "" : $", compressed by {patch.Compression.ToString().ToLowerInvariant()}";
        return summary.IsWhole ? $"a whole patch, {Format(summary.WholeLength)}{decompressed}{kind}"
            : summary.WholeLength > 0 ? string.Create(CultureInfo.InvariantCulture, $"DAMAGED, good up to offset {summary.WholeLength}{decompressed}{kind}")
            : $"NO PATCH, or damaged from its start{kind}";
    }

    private static string Format(long bytes) => bytes < 1024
        ? Count(bytes, "byte")
        : string.Create(CultureInfo.InvariantCulture, $"{new ShortSize(bytes)} ({bytes} bytes)");

    private static string Count(long number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    private static StringBuilder Invariant(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture));
}
