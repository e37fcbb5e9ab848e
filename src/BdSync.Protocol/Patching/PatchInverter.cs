using BdSync.Protocol.Devices;
using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Patching;

/// <summary>
/// Writes the patch that takes a target back to what it is now, before another patch is applied to it: what it holds wherever that one
/// writes. Memory does not depend on either patch. Not safe for several threads.
/// </summary>
internal sealed class PatchInverter(Device target, PatchHeader header, SizePolicy policy, PatchWriter undo) : IDisposable
{
    private readonly RangeBuffer buffer = RangeBuffer.Rent();
    private Extent pending;

    /// <summary>Reads the records of a patch, behind its header, and writes all of the other one.</summary>
    public async Task InvertAsync(PatchReader reader, CancellationToken cancellationToken)
    {
        await undo.WriteHeaderAsync(header with { DeviceLength = target.Length }, cancellationToken).ConfigureAwait(false);
        while (await reader.ReadRecordAsync(cancellationToken).ConfigureAwait(false) is { } record)
        {
            await AddAsync(record, cancellationToken).ConfigureAwait(false);
        }

        await WriteAsync(pending, cancellationToken).ConfigureAwait(false);
        if (policy == SizePolicy.Resize)
        {
            await WriteTailAsync(cancellationToken).ConfigureAwait(false);
        }

        await undo.CompleteAsync(null, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => buffer.Dispose();

    // Neighbours are joined. What lies behind the target's end isn't written, or is cut off again.
    private async ValueTask AddAsync(PatchRecord record, CancellationToken cancellationToken)
    {
        var length = Math.Clamp(target.Length - record.Offset, 0, record.Data.Length);
        if (record.Offset == pending.End && pending.Length + length <= RangeBuffer.Size)
        {
            pending = pending with { Length = pending.Length + length };
            return;
        }

        await WriteAsync(pending, cancellationToken).ConfigureAwait(false);
        pending = new(record.Offset, length);
    }

    // What is cut off. Its holes come back as such when the target is extended.
    private async Task WriteTailAsync(CancellationToken cancellationToken)
    {
        for (var offset = header.DeviceLength; offset < target.Length;)
        {
            var data = target.FindData(offset);
            var piece = data with { Length = Math.Min(data.Length, RangeBuffer.Size) };
            if (piece.Length == 0)
            {
                return;
            }

            await WriteAsync(piece, cancellationToken).ConfigureAwait(false);
            offset = piece.End;
        }
    }

    private async ValueTask WriteAsync(Extent extent, CancellationToken cancellationToken)
    {
        if (extent.Length == 0)
        {
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        var data = buffer.Memory[..(int)extent.Length];
        var read = target.Read(extent.Offset, data.Span);
        if (read < data.Length)
        {
            throw new DeviceException(
                BdSyncExitStatus.Read, $"Reading {data.Length} bytes at offset {extent.Offset} of {target.Name} gave {read}: it has become shorter than {target.Length} bytes.");
        }

        await undo.WriteBlocksAsync(extent.Offset, data, PatchFormat.MaxWrittenRecordLength, cancellationToken).ConfigureAwait(false);
    }
}
