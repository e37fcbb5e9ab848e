using BdSync.Protocol.Devices;

namespace BdSync.Protocol.Sessions;

/// <summary>Another device, which stays open; what is read from it is counted.</summary>
internal sealed class MeasuredDevice(Device device, SyncMeter meter, bool isLocal) : Device
{
    public override string Name => device.Name;

    public override long Length => device.Length;

    public override int Read(long offset, Span<byte> buffer)
    {
        var read = device.Read(offset, buffer);
        meter.AddRead(read, isLocal);
        return read;
    }

    public override Extent FindData(long offset) => device.FindData(offset);

    public override void DropCache(Extent extent) => device.DropCache(extent);
}
