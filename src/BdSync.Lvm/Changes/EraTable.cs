using System.Globalization;
using System.Text.RegularExpressions;

namespace BdSync.Lvm.Changes;

/// <summary>The table of a device of dm-era: <c>START LENGTH era METADATA ORIGIN BLOCKSIZE</c>, devices as MAJOR:MINOR, sizes in sectors (the kernel's admin guide, device-mapper/era).</summary>
/// <param name="Sectors">The device's size.</param>
/// <param name="Metadata">The device with the metadata.</param>
/// <param name="Origin">The device below it.</param>
/// <param name="BlockSectors">The size of a block.</param>
internal sealed partial record EraTable(long Sectors, string Metadata, string Origin, long BlockSectors)
{
    /// <summary>Reads what <c>dmsetup table</c> prints; null where it is another table, or one of several lines.</summary>
    public static EraTable? TryParse(string text) =>
        Line().Match(text) is { Success: true } match
        && TryParseNumber(match.Groups[1].Value) is > 0 and var sectors
        && TryParseNumber(match.Groups[4].Value) is > 0 and var block
            ? new(sectors, match.Groups[2].Value, match.Groups[3].Value, block)
            : null;

    private static long? TryParseNumber(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\A0 ([0-9]+) era ([0-9]+:[0-9]+) ([0-9]+:[0-9]+) ([0-9]+)\s*\z")]
    private static partial Regex Line();
}
