namespace BdSync.TestUtilities.Guests;

/// <summary>
/// Finds a folder for a guest's memory and disks: in memory where there is room and programs may be mapped from there (containers have a small /dev/shm, or one
/// without that), else on a disk.
/// </summary>
internal static class GuestMemory
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>What the disks and the shared folder take on top, as the disks are sparse.</summary>
    private const long RoomForFiles = 512 * Megabyte;

    /// <summary>Finds the folder; skips the test where there is none.</summary>
    /// <param name="megabytes">How much memory the guest has.</param>
    public static string FindFolder(int megabytes)
    {
        string[] folders = ["/dev/shm", Path.GetTempPath(), Path.Combine(TestEnvironment.SourceFolder, "artifacts")];
        var found = folders.FirstOrDefault(folder => Directory.Exists(folder) && HasRoom(folder, (megabytes * Megabyte) + RoomForFiles) && CanExecute(folder));
        TestEnvironment.Require(found is not null, $"None of {string.Join(", ", folders)} has room for a guest's memory and lets programs be run from there.");
        return found!;
    }

    private static bool HasRoom(string folder, long length) => new DriveInfo(folder).AvailableFreeSpace >= length;

    // The last mount over a folder counts; the fourth field of a line has its options (fstab(5)).
    private static bool CanExecute(string folder)
    {
        var mounts = File.ReadLines("/proc/self/mounts").Select(line => line.Split(' ')).Where(fields => fields.Length > 3 && IsAbove(fields[1], folder));
        var options = mounts.OrderBy(fields => fields[1].Length).LastOrDefault()?[3].Split(',');
        return options is null || !options.Contains("noexec");
    }

    private static bool IsAbove(string mountPoint, string folder) =>
        mountPoint == "/" || (folder.TrimEnd('/') + "/").StartsWith(mountPoint + "/", StringComparison.Ordinal);
}
