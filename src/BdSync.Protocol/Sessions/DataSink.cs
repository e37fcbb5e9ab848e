using BdSync.Protocol.Devices;
using BdSync.Protocol.Patching;

namespace BdSync.Protocol.Sessions;

/// <summary>Writes the data of differing blocks, from the buffers that they were compared in.</summary>
internal sealed class DataSink(Device source, PatchHeader header, int blockSize, IBlockSink output) : IDifferenceSink
{
    private readonly PatchPieces pieces = new(blockSize, header.DeviceLength);

    public Keep Keep => Keep.Differing;

    public long BytesWritten => output.BytesWritten;

    public long DifferingBytes => output.DataBytesWritten;

    public Task BeginAsync(CancellationToken cancellationToken) => output.WriteHeaderAsync(header, cancellationToken).AsTask();

    public async Task TakeAsync(IAsyncEnumerable<ComparedRange> results, CancellationToken cancellationToken)
    {
        await foreach (var result in results.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            using (result)
            {
                await WriteAsync(result, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public Task CompleteAsync(PatchChecksum? checksum, CancellationToken cancellationToken) => output.CompleteAsync(checksum, cancellationToken).AsTask();

    private async Task WriteAsync(ComparedRange result, CancellationToken cancellationToken)
    {
        foreach (var piece in result.Differences.SelectMany(extent => pieces.Split(extent, RangeBuffer.Size)))
        {
            if (result.Data is { } data)
            {
                var block = data.Slice((int)(piece.Offset - result.Range.Offset), (int)piece.Length);
                await output.WriteBlocksAsync(piece.Offset, block, blockSize, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await ReadAndWriteAsync(piece, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // A block that was too large to be kept is read again.
    private async Task ReadAndWriteAsync(Extent piece, CancellationToken cancellationToken)
    {
        using var buffer = RangeBuffer.Rent();
        var data = buffer.Memory[..(int)piece.Length];
        source.ReadPadded(piece.Offset, data.Span);
        await output.WriteBlocksAsync(piece.Offset, data, blockSize, cancellationToken).ConfigureAwait(false);
    }
}
