using System.Buffers;
using System.Text.Json;
using BdSync.Cli.Maps;
using BdSync.Protocol.Patching;

namespace BdSync.Cli.Inspecting;

/// <summary>What <c>bdsync inspect --json</c> prints: one object on one line. See docs/inspect.md.</summary>
internal static class InspectionJson
{
    /// <summary>Writes all patches and their map, as UTF-8.</summary>
    public static byte[] Write(IReadOnlyList<InspectedPatch> patches)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", MapJson.Version);
            json.WriteStartArray("patches");
            patches.ToList().ForEach(patch => WritePatch(json, patch));
            json.WriteEndArray();
            MapJson.WriteMap(json, "map", [.. patches.Select(patch => patch.Cells).OfType<DeviceCells>()]);
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void WritePatch(Utf8JsonWriter json, InspectedPatch patch)
    {
        json.WriteStartObject();
        json.WriteString("file", patch.Path);
        json.WriteString("state", patch.Summary is null ? "unreadable" : patch.Summary.IsWhole ? "whole" : "damaged");
        json.WriteString("problem", patch.ReadError ?? patch.Summary?.Damage);
        if (patch.Summary is { } summary)
        {
            json.WriteString("compression", patch.Compression.ToString().ToLowerInvariant());
            json.WriteNumber("whole_length", summary.WholeLength);
            WriteNumberOrNull(json, "following_length", patch.FollowingLength);
            WriteContent(json, summary);
        }

        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, PatchSummary summary)
    {
        if (summary.Header is { } header)
        {
            json.WriteString("device_name", header.DeviceName);
            json.WriteNumber("device_length", header.DeviceLength);
            json.WriteNumber("records", summary.RecordCount);
            MapJson.WriteExtents(json, "extents", summary.Extents);
        }

        if (summary.Checksum is { } checksum)
        {
            json.WriteStartObject("checksum");
            json.WriteString("name", checksum.Name);
            json.WriteString("digest", checksum.DigestText);
            json.WriteEndObject();
        }
    }

    private static void WriteNumberOrNull(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
