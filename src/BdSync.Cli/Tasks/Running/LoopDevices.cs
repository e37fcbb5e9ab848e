namespace BdSync.Cli.Tasks.Running;

/// <summary>What sysfs knows of loop devices.</summary>
internal static class LoopDevices
{
    private const string BlockDevices = "/sys/block";

    /// <summary>Finds the loop device that a file is attached to.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Such as <c>/dev/loop3</c>; null for none.</returns>
    public static string? FindAttachedTo(string path)
    {
        var resolved = CanonicalPath.Get(path);
        return Directory.Exists(BlockDevices)
            ? Directory.EnumerateFileSystemEntries(BlockDevices, "loop*")
                .Where(folder => GetBackingFile(folder) == resolved)
                .Select(folder => "/dev/" + Path.GetFileName(folder))
                .FirstOrDefault()
            : null;
    }

    private static string? GetBackingFile(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "loop", "backing_file")).TrimEnd('\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is not attached to anything, or detached in this moment.
            return null;
        }
    }
}
