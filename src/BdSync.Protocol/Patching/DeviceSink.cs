using BdSync.Protocol.Devices;
using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Patching;

/// <summary>Writes differing blocks straight to the target, without a patch. Not safe for several threads.</summary>
internal sealed class DeviceSink(WritableDevice target, SizePolicy policy) : IBlockSink
{
    private long length;

    public long BytesWritten { get; private set; }

    public long DataBytesWritten => BytesWritten;

    /// <summary>Whether the target may no longer be as it was.</summary>
    public bool HasTouchedTarget { get; private set; }

    /// <summary>Extends the target where the policy says so, before the first block; one that can't be cut is found out here as well.</summary>
    public ValueTask WriteHeaderAsync(PatchHeader header, CancellationToken cancellationToken)
    {
        length = header.DeviceLength;
        if (policy == SizePolicy.Resize && length != target.Length && (length > target.Length || !target.CanSetLength))
        {
            target.SetLength(length);
            HasTouchedTarget = true;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask WriteBlocksAsync(long offset, ReadOnlyMemory<byte> data, int blockSize, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        HasTouchedTarget = true;
        target.Write(offset, data.Span);
        BytesWritten += data.Length;
        Telemetry.AddWritten(data.Length);
        return ValueTask.CompletedTask;
    }

    /// <summary>Cuts the target where the policy says so, and returns when all is on stable storage.</summary>
    public ValueTask CompleteAsync(PatchChecksum? checksum, CancellationToken cancellationToken)
    {
        if (policy == SizePolicy.Resize && length < target.Length)
        {
            target.SetLength(length);
            HasTouchedTarget = true;
        }

        target.Flush();
        return ValueTask.CompletedTask;
    }
}
