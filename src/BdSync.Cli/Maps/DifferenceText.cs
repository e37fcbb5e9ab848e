using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BdSync.Cli.Output;
using BdSync.Protocol;
using BdSync.Protocol.Planning;

namespace BdSync.Cli.Maps;

/// <summary>What <c>bdsync map</c> shows in the end: to people, to programs, and as a picture. Immutable.</summary>
/// <param name="LocalName">The local device as the command line names it.</param>
/// <param name="RemoteName">The remote device as the command line names it.</param>
/// <param name="Result">What the comparison found.</param>
/// <param name="Cells">Where the devices differ; what only one of them has does.</param>
/// <param name="Extents">What differs of what both have.</param>
internal sealed record DifferenceText(string LocalName, string RemoteName, ComparisonResult Result, DeviceCells Cells, ExtentSummary Extents)
{
    /// <summary>Lines for people.</summary>
    public string Describe(TextStyle style)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{style.Show(LocalName)} and {style.Show(RemoteName)} {DescribeState()}\n");
        if (Result.LocalLength != Result.RemoteLength)
        {
            text.Append(CultureInfo.InvariantCulture, $"  sizes     {Result.LocalLength} and {Result.RemoteLength} bytes: on the map, what only one of them has differs\n");
        }

        ExtentText.Append(text, Extents);
        text.Append('\n');
        TerminalMap.Draw([Cells], style).ToList().ForEach(line => text.Append(line).Append('\n'));
        return text.ToString();
    }

    /// <summary>An object on a line, as UTF-8. See docs/inspect.md.</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", MapJson.Version);
            json.WriteBoolean("equal", Result.IsEqual);
            json.WriteString("local_name", LocalName);
            json.WriteNumber("local_length", Result.LocalLength);
            json.WriteString("remote_name", RemoteName);
            json.WriteNumber("remote_length", Result.RemoteLength);
            MapJson.WriteExtents(json, "extents", Extents);
            MapJson.WriteMap(json, "map", [Cells]);
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <summary>A picture, as SVG.</summary>
    public string DrawPicture() => SvgMap.Draw([Cells], $"{LocalName} and {RemoteName}", [DescribeState()]);

    private string DescribeState() => Result.IsEqual
        ? string.Create(CultureInfo.InvariantCulture, $"are the same: {new ShortSize(Result.LocalLength)} compared")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"differ: {new ShortSize(Extents.Length)} ({Extents.Length} bytes) in {Extents.Count} extents, of {new ShortSize(Math.Min(Result.LocalLength, Result.RemoteLength))} compared");
}
