using System.Buffers;
using BdSync.Protocol.Devices;

namespace BdSync.Protocol.Hashing;

/// <summary>
/// The running, unsalted digest over a device from its start. What lies behind the end of the device counts as zeros. Not safe
/// for several threads.
/// </summary>
internal sealed class DeviceChecksum(Device device, RunningDigest digest) : IDisposable
{
    private const int BufferSize = 512 * 1024;

    /// <summary>How far the device has been covered, in bytes.</summary>
    public long Position { get; private set; }

    /// <summary>The size of the result in bytes.</summary>
    public int Size => digest.Size;

    /// <summary>Covers the next bytes, which the caller has read.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        digest.Append(data);
        Position += data.Length;
    }

    /// <summary>Reads and covers the device up to an offset.</summary>
    /// <param name="end">The offset in bytes.</param>
    /// <param name="cancellationToken">Ends the work between two pieces.</param>
    public void AppendUpTo(long end, CancellationToken cancellationToken)
    {
        if (Position >= end)
        {
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (Position < end)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var piece = buffer.AsSpan(0, (int)Math.Min(BufferSize, end - Position));
                device.ReadPadded(Position, piece);
                Append(piece);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public byte[] Finish()
    {
        var result = new byte[digest.Size];
        digest.Finish(result);
        return result;
    }

    public void Dispose() => digest.Dispose();
}
