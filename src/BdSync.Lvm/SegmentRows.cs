namespace BdSync.Lvm;

/// <summary>
/// A volume that lies in several places has several segments, and lvs prints a row for each as soon as one of the fields is a segment's (thin_id, chunk_size). What is
/// read of them is the same.
/// </summary>
internal static class SegmentRows
{
    /// <summary>Leaves one of each volume, in the order of the report.</summary>
    /// <param name="rows">All of a report.</param>
    /// <exception cref="FormatException">Two volumes have one name.</exception>
    public static List<LogicalVolume> Join(List<LogicalVolume> rows)
    {
        var volumes = new List<LogicalVolume>();
        var known = new Dictionary<VolumeName, string>();
        foreach (var row in rows)
        {
            if (known.TryAdd(row.FullName, row.Uuid))
            {
                volumes.Add(row);
            }
            else if (known[row.FullName] != row.Uuid)
            {
                throw new FormatException($"it has two volumes {row.FullName}");
            }
        }

        return volumes;
    }
}
