using System.IO.Compression;
using BdSync.Protocol;
using BdSync.Protocol.Patching;

if (args is not [var path])
{
    Console.Error.WriteLine("Usage: PatchInfo PATCH[.gz]");
    return 1;
}

var map = new string('.', 64).ToCharArray();
try
{
    await using var file = File.OpenRead(path);
    await using Stream patch = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
    var summary = await PatchInspector.InspectAsync(patch, DrawMap);
    Console.WriteLine($"Changes:  {new string(map)}");
    Console.WriteLine($"Records:  {summary.RecordCount}, {summary.Extents.Length} bytes in {summary.Extents.Count} extents");
    foreach (var extent in summary.Extents.Largest)
    {
        Console.WriteLine($"          {extent.Length} bytes at {extent.Offset}");
    }

    Console.WriteLine($"Checksum: {(summary.Checksum is { } checksum ? $"{checksum.Name} {checksum.DigestText}" : "none")}");
    Console.WriteLine(summary.IsWhole ? "The patch is whole." : $"Good up to byte {summary.WholeLength}: {summary.Damage}");
    return summary.IsWhole ? 0 : (int)BdSyncExitStatus.PatchFormat;
}
catch (Exception exception) when (exception is BdSyncException or IOException or InvalidDataException)
{
    Console.Error.WriteLine(exception.Message);
    return (int)BdSyncExitStatus.Read;
}

Action<Extent> DrawMap(PatchHeader header)
{
    Console.WriteLine($"Device:   {header.DeviceName}, {header.DeviceLength} bytes");
    return extent => map.AsSpan(GetCell(extent.Offset)..(GetCell(extent.End - 1) + 1)).Fill('#');

    int GetCell(long offset) => (int)((decimal)offset * map.Length / header.DeviceLength);
}
