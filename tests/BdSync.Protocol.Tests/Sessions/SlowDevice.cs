using BdSync.Protocol.Devices;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>A device in memory that takes its time for each read.</summary>
internal sealed class SlowDevice(byte[] content, TimeSpan delay) : Device
{
    public override string Name => "slow";

    public override long Length => content.Length;

    public override int Read(long offset, Span<byte> buffer)
    {
        Thread.Sleep(delay);
        var count = (int)Math.Clamp(content.Length - offset, 0, buffer.Length);
        content.AsSpan((int)Math.Min(offset, content.Length), count).CopyTo(buffer);
        return count;
    }
}
