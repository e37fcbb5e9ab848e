using System.Text.Json;
using BdSync.Protocol;
using BdSync.Protocol.Planning;

namespace BdSync.Cli.Maps;

/// <summary>Maps and extents for programs.</summary>
internal static class MapJson
{
    /// <summary>The version of what is written: members are added without another one, a change to one of them gives it the next.</summary>
    public const int Version = 1;

    /// <summary>How many cells there are at most.</summary>
    public const int MaxCells = 1024;

    /// <summary>Writes the map as an object, and null for no parts.</summary>
    public static void WriteMap(Utf8JsonWriter json, string name, IReadOnlyList<DeviceCells> parts)
    {
        if (parts.Count == 0)
        {
            json.WriteNull(name);
            return;
        }

        var map = ChangeMap.Create(parts, MaxCells);
        json.WriteStartObject(name);
        json.WriteNumber("device_length", map.DeviceLength);
        json.WriteNumber("cell_length", map.CellLength);
        json.WriteNumber("parts", map.PartCount);
        json.WriteStartArray("changed_lengths");
        map.Cells.ToList().ForEach(cell => json.WriteNumberValue(cell.ChangedLength));
        json.WriteEndArray();
        json.WriteStartArray("touching_parts");
        map.Cells.ToList().ForEach(cell => json.WriteNumberValue(cell.TouchingParts));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes numbers on extents as an object.</summary>
    public static void WriteExtents(Utf8JsonWriter json, string name, ExtentSummary extents)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count", extents.Count);
        json.WriteNumber("length", extents.Length);
        json.WriteBoolean("ascending", extents.IsAscending);
        WriteList(json, "largest", extents.Largest);
        WriteList(json, "smallest", extents.Smallest);
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<Extent> extents)
    {
        json.WriteStartArray(name);
        foreach (var extent in extents)
        {
            json.WriteStartObject();
            json.WriteNumber("offset", extent.Offset);
            json.WriteNumber("length", extent.Length);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
