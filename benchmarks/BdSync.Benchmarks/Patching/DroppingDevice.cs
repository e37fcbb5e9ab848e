using BdSync.Protocol.Devices;

namespace BdSync.Benchmarks.Patching;

/// <summary>A device that drops what is written to it.</summary>
internal sealed class DroppingDevice(long length) : WritableDevice
{
    public override string Name => "nothing";

    public override long Length => length;

    public override bool CanSetLength => false;

    public override int Read(long offset, Span<byte> buffer) => 0;

    public override void Write(long offset, ReadOnlySpan<byte> data)
    {
    }

    public override void SetLength(long length) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
