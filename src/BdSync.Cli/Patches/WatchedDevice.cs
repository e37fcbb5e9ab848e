using BdSync.Protocol;
using BdSync.Protocol.Devices;

namespace BdSync.Cli.Patches;

/// <summary>Another device, which stays open, and whether it may have been changed. As safe for several threads as that one is.</summary>
internal sealed class WatchedDevice(WritableDevice inner) : WritableDevice
{
    /// <summary>Whether anything has been tried that changes it; what fails may have been done in part.</summary>
    public bool IsTouched { get; private set; }

    public override string Name => inner.Name;

    public override long Length => inner.Length;

    public override bool CanSetLength => inner.CanSetLength;

    public override int Read(long offset, Span<byte> buffer) => inner.Read(offset, buffer);

    public override Extent FindData(long offset) => inner.FindData(offset);

    public override void DropCache(Extent extent) => inner.DropCache(extent);

    public override void Write(long offset, ReadOnlySpan<byte> data)
    {
        IsTouched = true;
        inner.Write(offset, data);
    }

    public override void SetLength(long length)
    {
        IsTouched |= inner.CanSetLength;
        inner.SetLength(length);
    }

    public override void Flush() => inner.Flush();
}
