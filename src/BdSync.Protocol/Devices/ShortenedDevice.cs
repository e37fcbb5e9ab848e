namespace BdSync.Protocol.Devices;

/// <summary>The start of another device, which stays open: what lies behind <paramref name="length"/> is not there.</summary>
internal sealed class ShortenedDevice(Device device, long length) : Device
{
    public override string Name => device.Name;

    public override long Length => length;

    public override int Read(long offset, Span<byte> buffer) =>
        device.Read(offset, buffer[..(int)Math.Clamp(length - offset, 0, buffer.Length)]);

    public override void DropCache(Extent extent) => device.DropCache(extent);
}
