using System.Text.Json;

namespace BdSync.Lvm;

/// <summary>Reads what <c>--reportformat json</c> prints (lvmreport(7)). Nothing in it is trusted: it may come from another machine.</summary>
internal static class LvmReport
{
    /// <summary>How many objects a report may have: far more than a group of any use has volumes.</summary>
    public const int MaxRows = 200_000;

    /// <summary>How many lines of a log are read: more than anybody reads of an error.</summary>
    private const int MaxLogLines = 100;

    /// <summary>How deep lists and objects may lie in each other: LVM needs 5.</summary>
    private const int MaxDepth = 8;

    /// <summary>What lvs is asked for; all of it is known to every LVM that has JSON reports (2.02.158).</summary>
    public const string VolumeFields =
        "vg_name,lv_name,lv_uuid,lv_size,lv_attr,lv_layout,lv_role,lv_active,lv_device_open,origin,pool_lv,lv_tags,lv_permissions,snap_percent,data_percent,metadata_percent,"
        + "lv_snapshot_invalid,lv_merging,lv_health_status,thin_id,chunk_size";

    /// <summary>What vgs is asked for.</summary>
    public const string GroupFields = "vg_name,vg_extent_size,vg_free";

    public static IReadOnlyList<LogicalVolume> ReadVolumes(string json) => ExternalOrigins.Tell(SegmentRows.Join(Read(json, "lv", ReadVolume)));

    public static IReadOnlyList<VolumeGroup> ReadGroups(string json) => Read(json, "vg", ReadGroup);

    /// <summary>
    /// What a report has in its log (lvmreport(7)) as errors and warnings, a line each: where LVM writes one, as 2.03.31 does by itself, it prints them nowhere else. Empty
    /// where it has none, or can't be read.
    /// </summary>
    public static string ReadLog(string output)
    {
        var lines = new List<string>();
        try
        {
            using var document = JsonDocument.Parse(output, new JsonDocumentOptions { MaxDepth = MaxDepth });
            foreach (var entry in document.RootElement.GetProperty("log").EnumerateArray())
            {
                var row = new ReportRow(entry);
                if (row.TryGetText("log_type") is "error" or "warn" && row.TryGetText("log_message") is { Length: > 0 } message && lines.Count < MaxLogLines && !lines.Contains(message))
                {
                    lines.Add(message);
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // What failed is said by the exit status.
        }

        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static List<T> Read<T>(string json, string kind, Func<ReportRow, T> read)
    {
        var rows = new List<T>();
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            foreach (var report in document.RootElement.GetProperty("report").EnumerateArray())
            {
                if (!report.TryGetProperty(kind, out var list))
                {
                    continue;
                }

                foreach (var row in list.EnumerateArray())
                {
                    rows.Add(rows.Count < MaxRows ? read(new(row)) : throw new FormatException($"it has over {MaxRows} entries"));
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("it is no JSON report", exception);
        }

        return rows;
    }

    private static VolumeGroup ReadGroup(ReportRow row)
    {
        var extent = row.GetLength("vg_extent_size");
        return new(ReadName("vg_name", row.GetText("vg_name")), extent > 0 ? extent : throw new FormatException("the field vg_extent_size is 0"), row.GetLength("vg_free"));
    }

    private static LogicalVolume ReadVolume(ReportRow row)
    {
        // Hidden volumes stand in brackets.
        var name = row.GetText("lv_name");
        var isHidden = name is ['[', .., ']'];
        var plain = isHidden ? name[1..^1] : name;
        var attributes = row.GetText("lv_attr");
        if (attributes.Length < 5)
        {
            throw new FormatException($"the field lv_attr has {attributes.Length} characters; at least 5 are needed");
        }

        var origin = NullIfEmpty(row.TryGetText("origin"));
        var kind = VolumeKinds.Read(attributes, isHidden, row.GetList("lv_role"), origin is not null);
        var used = row.TryGetPercent(kind is LogicalVolumeKind.ThinPool ? "data_percent" : "snap_percent") ?? row.TryGetPercent("data_percent");

        // lvs(8): the fifth is the state; a and the likes of it for a device that is there.
        var isActive = attributes[4] is not '-' and not 'X' and not 'h';
        return new(new(ReadName("vg_name", row.GetText("vg_name")), ReadName("lv_name", plain)), row.GetLength("lv_size"), kind)
        {
            Uuid = row.TryGetText("lv_uuid") ?? "",

            // A cached volume has its parts there, which are LVM's own.
            Origin = kind is LogicalVolumeKind.Thick ? null : origin?.Trim('[', ']'),
            Pool = VolumeKinds.IsPooled(attributes) ? NullIfEmpty(row.TryGetText("pool_lv"))?.Trim('[', ']') : null,
            Tags = row.GetList("lv_tags"),
            IsActive = isActive,
            IsOpen = row.TryGetFlag("lv_device_open"),
            IsReadOnly = attributes[1] is 'r' or 'R' || row.TryGetText("lv_permissions") == "read-only",
            UsedPercent = kind is LogicalVolumeKind.Snapshot or LogicalVolumeKind.ThinPool ? used : null,
            MetadataPercent = kind is LogicalVolumeKind.ThinPool ? row.TryGetPercent("metadata_percent") : null,

            // LVM 2.02.158 says invalid of all that are inactive.
            IsInvalid = kind is LogicalVolumeKind.Snapshot && (attributes[4] is 'I' or 'S' || (isActive && (row.TryGetFlag("lv_snapshot_invalid") ?? used >= 100))),
            IsMerging = attributes[0] == 'S' || row.TryGetFlag("lv_merging") == true,
            Health = row.TryGetText("lv_health_status") ?? "",
            ThinDeviceId = row.TryGetLength("thin_id"),
            ChunkLength = kind is not LogicalVolumeKind.Thick && row.TryGetLength("chunk_size") is > 0 and var chunk ? chunk : null,
        };
    }

    private static string ReadName(string field, string text) =>
        NameRules.IsValid(text) ? text : throw new FormatException($"the field {field} has no name that LVM allows");

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
