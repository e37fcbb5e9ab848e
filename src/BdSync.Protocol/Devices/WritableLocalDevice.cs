namespace BdSync.Protocol.Devices;

/// <summary>
/// A block device or a regular file of this machine (Linux), opened for reading and writing. A block device is opened
/// exclusively: while it is open nothing can mount it. Reading is safe for several threads.
/// </summary>
public sealed class WritableLocalDevice : WritableDevice
{
    private readonly DeviceFile file;

    private WritableLocalDevice(DeviceFile file) => this.file = file;

    /// <inheritdoc/>
    public override string Name => file.Path;

    /// <inheritdoc/>
    public override long Length => file.Length;

    /// <inheritdoc/>
    public override bool CanSetLength => file.CanSetLength;

    /// <summary>Opens a device for writing.</summary>
    /// <param name="path">The path, as the system takes it.</param>
    /// <param name="force">Open a block device even where it is mounted, a swap area, or held by device-mapper.</param>
    /// <param name="direct">Read and write past the page cache (O_DIRECT), as far as alignment allows.</param>
    /// <param name="name">What it is called from then on, where <paramref name="path"/> says nothing, such as <c>/proc/self/fd/3</c>; null for the path.</param>
    /// <returns>The open device.</returns>
    /// <exception cref="DeviceException">It does not exist, may not be written, is in use, or is neither a block device nor a file.</exception>
    public static WritableLocalDevice Open(string path, bool force = false, bool direct = false, string? name = null) => new(DeviceFile.OpenWrite(path, force, direct, name));

    /// <inheritdoc/>
    public override int Read(long offset, Span<byte> buffer) => file.Read(offset, buffer);

    /// <inheritdoc/>
    public override Extent FindData(long offset) => file.FindData(offset);

    /// <inheritdoc/>
    public override void DropCache(Extent extent) => file.DropCache(extent);

    /// <inheritdoc/>
    public override void Write(long offset, ReadOnlySpan<byte> data) => file.Write(offset, data);

    /// <inheritdoc/>
    public override void SetLength(long length) => file.SetLength(length);

    /// <inheritdoc/>
    public override void Flush() => file.Flush();

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
