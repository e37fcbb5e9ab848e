using BdSync.Protocol.Devices;
using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Patching;

/// <summary>
/// Writes the records of a patch to a device, in their order; neighbouring ones are joined into large writes. Not safe for
/// several threads.
/// </summary>
internal sealed class PatchApplier(WritableDevice target, PatchHeader header, SizePolicy policy) : IDisposable
{
    private readonly RangeBuffer buffer = RangeBuffer.Rent();
    private long bufferOffset;
    private int buffered;

    /// <summary>How many bytes have been written to the target.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Whether the target may no longer be as it was: a write that fails may have written a part.</summary>
    public bool HasTouchedTarget { get; private set; }

    /// <summary>Applies the patch, and returns when it is on stable storage.</summary>
    public async Task ApplyAsync(PatchReader reader, CancellationToken cancellationToken)
    {
        // A device that can't be cut is found out before the first write.
        if (policy == SizePolicy.Resize && header.DeviceLength != target.Length && (header.DeviceLength > target.Length || !target.CanSetLength))
        {
            Resize();
        }

        while (await reader.ReadRecordAsync(cancellationToken).ConfigureAwait(false) is { } record)
        {
            Add(record.Offset, record.Data.Span);
        }

        WriteBuffer();

        // Only now: whoever cuts a device must know that the rest of the patch has arrived.
        if (policy == SizePolicy.Resize && header.DeviceLength < target.Length)
        {
            Resize();
        }

        target.Flush();
    }

    public void Dispose() => buffer.Dispose();

    private void Resize()
    {
        target.SetLength(header.DeviceLength);
        HasTouchedTarget = true;
    }

    private void Add(long offset, ReadOnlySpan<byte> data)
    {
        // What lies behind the end of a smaller target is left out: the policy is MinSize then.
        var length = (int)Math.Clamp(target.Length - offset, 0, data.Length);
        if (offset != bufferOffset + buffered || length > RangeBuffer.Size - buffered)
        {
            WriteBuffer();
            bufferOffset = offset;
        }

        data[..length].CopyTo(buffer.Span[buffered..]);
        buffered += length;
    }

    private void WriteBuffer()
    {
        if (buffered > 0)
        {
            HasTouchedTarget = true;
            target.Write(bufferOffset, buffer.Span[..buffered]);
            BytesWritten += buffered;
            Telemetry.AddWritten(buffered);
            bufferOffset += buffered;
            buffered = 0;
        }
    }
}
