using System.Security.Cryptography;
using System.Text;
using BdSync.Cli.Tasks.Running;
using BdSync.Lvm;
using BdSync.Protocol;
using BdSync.Protocol.Devices;

namespace BdSync.Cli.Tasks.Sources;

/// <summary>
/// What a target is known by from one run to the next. A logical volume of this machine by its uuid; a file by its place on its file system and when it was made, as places are used again; another device by
/// what the kernel numbers it by since the machine was started, so that disks that take turns are told apart. On another side connection and path are known, and the uuid of a
/// volume where LVM is asked there anyway.
/// </summary>
internal static class TargetIdentity
{
    /// <summary>Changes when the machine is started.</summary>
    private const string BootIdPath = "/proc/sys/kernel/random/boot_id";

    /// <summary>Finds it, as 32 hexadecimal digits; null where the target can't be told from others.</summary>
    /// <param name="task">The task.</param>
    /// <param name="volumeUuid">The target's uuid where LVM has been asked on its side.</param>
    /// <param name="tool">LVM of this machine.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="LvmException">LVM fails.</exception>
    public static async Task<string?> FindAsync(SyncTask task, string? volumeUuid, LvmTool tool, CancellationToken cancellationToken)
    {
        if (task.Connection is { } connection)
        {
            return Hash($"{connection.Identity}\n{task.TargetPath}\n{volumeUuid}");
        }

        var path = CanonicalPath.Get(task.TargetPath);
        var volume = await tool.FindVolumeAsync(path, cancellationToken);
        return volume?.Uuid is { Length: > 0 } uuid ? Hash($"{path}\n{uuid}")
            : TryDescribe(path) is { } description ? Hash($"{path}\n{description}")
            : null;
    }

    /// <summary>A text as 32 hexadecimal digits.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private static string? TryDescribe(string path)
    {
        try
        {
            var identity = LocalDevice.GetIdentity(path);
            return File.GetAttributes(path).HasFlag(FileAttributes.Device) || path.StartsWith("/dev/", StringComparison.Ordinal)
                ? $"{identity}\n{File.ReadAllText(BootIdPath)}\n{ReadSequence(Path.GetFileName(path))}"
                : $"{identity}\n{File.GetCreationTimeUtc(path).Ticks}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BdSyncException)
        {
            return null;
        }
    }

    // A partition's is its disk's.
    private static string ReadSequence(string device)
    {
        var folder = CanonicalPath.Get($"/sys/class/block/{device}");
        var own = Path.Combine(folder, "diskseq");
        return File.ReadAllText(File.Exists(own) ? own : Path.Combine(Path.GetDirectoryName(folder)!, "diskseq"));
    }
}
