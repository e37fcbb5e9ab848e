using BdSync.Cli.Files;
using BdSync.Protocol;
using BdSync.Protocol.Devices;

namespace BdSync.Cli.Restriction;

/// <summary>Opens the devices that are allowed. What is opened is what was looked at: a path that changes meanwhile makes no difference.</summary>
internal sealed class RestrictedDevices(RestrictOptions options, Action<string> log)
{
    /// <summary>Whether a path may be looked at.</summary>
    public bool IsReadable(string path) => IsAllowed(path, options.Read) || IsWritable(path);

    /// <summary>Opens a device for reading.</summary>
    /// <exception cref="RestrictionException">It is not allowed.</exception>
    /// <exception cref="DeviceException">It is allowed, and can't be opened.</exception>
    public Device OpenRead(string path, bool direct) => Open<Device>(path, IsReadable(path), "reading", name => LocalDevice.Open(name, direct, path));

    /// <summary>Opens a device for writing.</summary>
    /// <exception cref="RestrictionException">It is not allowed.</exception>
    /// <exception cref="DeviceException">It is allowed, and can't be opened.</exception>
    public WritableDevice OpenWrite(string path, bool force, bool direct) => Open<WritableDevice>(path, IsWritable(path), "writing", name => WritableLocalDevice.Open(name, force, direct, path));

    /// <summary>Makes an empty file, for its owner only, where nothing is there.</summary>
    /// <exception cref="RestrictionException">It is not allowed.</exception>
    /// <exception cref="DeviceException">It is allowed, and can't be made.</exception>
    public void Create(string path)
    {
        if (!IsWritable(path) || DeviceFolder.IsForDevices(path))
        {
            throw new RestrictionException($"{path} is not allowed to be made.");
        }

        using var folder = PathHandle.Find(Path.GetDirectoryName(path)!);
        if (folder is not { IsFolder: true })
        {
            throw new DeviceException(BdSyncExitStatus.Device, $"{path} can't be made: its folder is not there.");
        }

        try
        {
            if (folder.TryCreateFile(Path.GetFileName(path)))
            {
                log($"{path} was made.");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException(BdSyncExitStatus.Device, exception.Message.Replace(folder.Path, Path.GetDirectoryName(path), StringComparison.Ordinal), exception);
        }
    }

    private bool IsWritable(string path) => IsAllowed(path, options.Write);

    private static bool IsAllowed(string path, IReadOnlyList<PathPattern> patterns) => PlainPath.IsValid(path) && patterns.Any(pattern => pattern.IsMatch(path));

    private T Open<T>(string path, bool isAllowed, string purpose, Func<string, T> open)
    {
        if (!isAllowed)
        {
            throw new RestrictionException($"{path} is not allowed for {purpose}.");
        }

        using var found = PathHandle.Find(path) ?? throw new DeviceException(BdSyncExitStatus.Device, $"{path} can't be opened: there is no such file.");
        if (!found.IsDevice)
        {
            throw new RestrictionException($"{path} is not allowed: it is neither a block device nor a regular file.");
        }

        try
        {
            var device = open(found.Path);
            log($"{path} is open for {purpose}.");
            return device;
        }
        catch (DeviceException exception)
        {
            throw new DeviceException(exception.ExitStatus, exception.Message.Replace(found.Path, path, StringComparison.Ordinal), exception);
        }
    }
}
