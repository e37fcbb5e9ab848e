namespace BdSync.Protocol.Devices;

/// <summary>
/// A block device, a regular file or /dev/null of this machine (Linux), opened read-only and without a buffer of its own.
/// Safe for several threads.
/// </summary>
public sealed class LocalDevice : Device
{
    private readonly DeviceFile file;

    private LocalDevice(DeviceFile file) => this.file = file;

    /// <inheritdoc/>
    public override string Name => file.Path;

    /// <inheritdoc/>
    public override long Length => file.Length;

    /// <summary>Opens a device for reading.</summary>
    /// <param name="path">The path, as the system takes it.</param>
    /// <param name="direct">Read past the page cache (O_DIRECT), so that it keeps what others use.</param>
    /// <param name="name">What it is called from then on, where <paramref name="path"/> says nothing, such as <c>/proc/self/fd/3</c>; null for the path.</param>
    /// <returns>The open device.</returns>
    /// <exception cref="DeviceException">It does not exist, may not be read, or is neither a block device nor a file.</exception>
    public static LocalDevice Open(string path, bool direct = false, string? name = null) => new(DeviceFile.OpenRead(path, direct, name));

    /// <summary>Whether two paths lead to the same device or file, through links or under another name.</summary>
    /// <param name="path">The one.</param>
    /// <param name="otherPath">The other.</param>
    /// <exception cref="DeviceException">One of them does not exist, or is neither a block device nor a file.</exception>
    public static bool IsSameDevice(string path, string otherPath) => DeviceFile.Examine(path).Status.IsSame(DeviceFile.Examine(otherPath).Status);

    /// <summary>Gets a text that is the same for all names of a device or file, for as long as the system runs and the file is there.</summary>
    /// <param name="path">One of its names; symbolic links are followed.</param>
    /// <returns>The text: of no use but for comparing it with another.</returns>
    /// <exception cref="DeviceException">It does not exist, or is neither a block device nor a file.</exception>
    public static string GetIdentity(string path) => DeviceFile.Examine(path).Status.Identity;

    /// <inheritdoc/>
    public override int Read(long offset, Span<byte> buffer) => file.Read(offset, buffer);

    /// <inheritdoc/>
    public override Extent FindData(long offset) => file.FindData(offset);

    /// <inheritdoc/>
    public override void DropCache(Extent extent) => file.DropCache(extent);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
