namespace BdSync.Cli.Files;

/// <summary>/dev: a file there is no device, but fills the memory.</summary>
internal static class DeviceFolder
{
    /// <summary>What paths in it start with.</summary>
    public const string Path = "/dev/";

    /// <summary>Files that are meant to be in memory.</summary>
    private const string SharedMemory = "/dev/shm/";

    /// <summary>Whether a path is in it, where only devices should be.</summary>
    public static bool IsForDevices(string path) => path.StartsWith(Path, StringComparison.Ordinal) && !path.StartsWith(SharedMemory, StringComparison.Ordinal);
}
