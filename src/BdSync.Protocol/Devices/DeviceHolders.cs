using System.Globalization;

namespace BdSync.Protocol.Devices;

/// <summary>Finds out who uses a block device, from /proc and /sys, for messages.</summary>
internal static class DeviceHolders
{
    /// <summary>Names the holders of a device or of its partitions.</summary>
    /// <returns>": mounted on /srv, …", or an empty string where nothing is found.</returns>
    public static string Describe(uint major, uint minor)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"{major}:{minor}");
        var folder = $"/sys/dev/block/{number}";
        var numbers = new List<string> { number };
        var holders = new List<string>();
        try
        {
            numbers.AddRange(Partitions(folder));
            holders.AddRange(numbers.SelectMany(MountPoints).Select(mountPoint => $"mounted on {mountPoint}"));
            holders.AddRange(SwapAreas(folder));
            holders.AddRange(MappedDevices(folder));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Only the description suffers: that the device is in use is known already.
        }

        return holders.Count == 0 ? "" : ": " + string.Join(", ", holders.Distinct());
    }

    private static IEnumerable<string> Partitions(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder)
                .Where(child => File.Exists(Path.Combine(child, "partition")))
                .Select(child => File.ReadAllText(Path.Combine(child, "dev")).Trim())
            : [];

    // The third field of a line is the device number, the fifth the mount point (proc_pid_mountinfo(5)).
    private static IEnumerable<string> MountPoints(string number) =>
        File.ReadLines("/proc/self/mountinfo")
            .Select(line => line.Split(' '))
            .Where(fields => fields.Length > 4 && fields[2] == number)
            .Select(fields => fields[4]);

    private static IEnumerable<string> SwapAreas(string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Directory.ResolveLinkTarget(folder, true)?.FullName ?? folder));
        return File.ReadLines("/proc/swaps")
            .Skip(1)
            .Select(line => line.Split(' ', '\t')[0])
            .Where(path => Path.GetFileName(path) == name)
            .Select(path => $"swap area {path}");
    }

    private static IEnumerable<string> MappedDevices(string folder)
    {
        var holders = Path.Combine(folder, "holders");
        return Directory.Exists(holders)
            ? Directory.EnumerateFileSystemEntries(holders).Select(holder =>
            {
                var name = Path.Combine(holder, "dm", "name");
                return "held by " + (File.Exists(name) ? File.ReadAllText(name).Trim() : Path.GetFileName(holder));
            })
            : [];
    }
}
