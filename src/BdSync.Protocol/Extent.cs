namespace BdSync.Protocol;

/// <summary>A run of bytes on a device.</summary>
/// <param name="Offset">Where it starts, in bytes from the start of the device; not negative.</param>
/// <param name="Length">How long it is, in bytes; not negative.</param>
public readonly record struct Extent(long Offset, long Length)
{
    /// <summary>The offset of the first byte behind it.</summary>
    public long End => checked(Offset + Length);
}
