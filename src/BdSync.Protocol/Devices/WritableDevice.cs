namespace BdSync.Protocol.Devices;

/// <summary>A device that a patch can be applied to. Writing blocks the calling thread; one thread writes at a time.</summary>
public abstract class WritableDevice : Device
{
    /// <summary>Whether <see cref="SetLength"/> can succeed at all; where not, a patch that needs it is refused before the first write. Default true.</summary>
    public virtual bool CanSetLength => true;

    /// <summary>Writes all of <paramref name="data"/>.</summary>
    /// <param name="offset">Where to start, in bytes; the data must end within <see cref="Device.Length"/>.</param>
    /// <param name="data">The data.</param>
    /// <exception cref="DeviceException">The device gives an error, is full, or is read-only.</exception>
    public abstract void Write(long offset, ReadOnlySpan<byte> data);

    /// <summary>Cuts or extends the device. What is added reads as zeros and is allocated, so that writing to it can't fail for want of space.</summary>
    /// <param name="length">The new size in bytes; not negative.</param>
    /// <exception cref="SizeMismatchException">It can't have that size: it is a block device, or there is no space.</exception>
    public abstract void SetLength(long length);

    /// <summary>Returns when everything written is on stable storage.</summary>
    /// <exception cref="DeviceException">The device gives an error.</exception>
    public abstract void Flush();
}
