namespace BdSync.Protocol.Devices;

/// <summary>The start of another device, which stays open: what lies behind <paramref name="length"/> is not there.</summary>
internal sealed class ShortenedDevice(Device device, long length) : Device
{
    /// <summary>
    /// What the C tool's client compares: a block that passes the smaller size is padded, though the local device has data there.
    /// </summary>
    public static Device Limit(Device device, long length) => length < device.Length ? new ShortenedDevice(device, length) : device;

    public override string Name => device.Name;

    public override long Length => length;

    public override int Read(long offset, Span<byte> buffer) =>
        device.Read(offset, buffer[..(int)Math.Clamp(length - offset, 0, buffer.Length)]);

    public override Extent FindData(long offset)
    {
        var data = device.FindData(offset);
        var start = Math.Min(data.Offset, length);
        return new(start, Math.Min(data.End, length) - start);
    }

    public override void DropCache(Extent extent) => device.DropCache(extent);
}
