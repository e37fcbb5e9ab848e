namespace BdSync.Protocol.Devices;

/// <summary>
/// What is synchronised: a block device, an image file, or whatever else an embedder derives from this. Reading blocks the
/// calling thread. Implementations must allow several reads at the same time from different threads.
/// </summary>
public abstract class Device : IDisposable
{
    /// <summary>The name that goes into a patch and into messages, usually a path.</summary>
    public abstract string Name { get; }

    /// <summary>The size in bytes, as it was when the device was opened; not negative.</summary>
    public abstract long Length { get; }

    /// <summary>Reads until <paramref name="buffer"/> is full or the device ends.</summary>
    /// <param name="offset">Where to start, in bytes; not negative, may be past the end.</param>
    /// <param name="buffer">Receives the data; its length is how much is asked for.</param>
    /// <returns>The number of bytes read; less than asked for only at the end of the device.</returns>
    /// <exception cref="DeviceException">The device gives an error.</exception>
    public abstract int Read(long offset, Span<byte> buffer);

    /// <summary>
    /// Finds data: what lies between is a hole, which reads as zeros and need not be read. The default knows of no holes.
    /// </summary>
    /// <param name="offset">Where to look from, in bytes; not negative, not past the end.</param>
    /// <returns>The next data at or behind the offset; at the end of the device and empty where there is none.</returns>
    public virtual Extent FindData(long offset) => new(offset, Math.Max(Length - offset, 0));

    /// <summary>Tells the system that these bytes need not stay in its cache. A hint: the default does nothing.</summary>
    /// <param name="extent">The bytes, which may reach past the end of the device.</param>
    public virtual void DropCache(Extent extent)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads and fills what lies past the end of the device with zero bytes, as the protocol pads blocks.</summary>
    internal void ReadPadded(long offset, Span<byte> buffer)
    {
        var read = offset < Length ? Read(offset, buffer) : 0;
        buffer[read..].Clear();
    }

    /// <summary>Whether nothing but zeros can be read there, known without reading; so it is behind the end.</summary>
    internal bool IsHole(Extent extent) => extent.Offset >= Length || FindData(extent.Offset).Offset >= Math.Min(extent.End, Length);

    /// <summary>Releases the device.</summary>
    /// <param name="disposing">Whether it is called from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
