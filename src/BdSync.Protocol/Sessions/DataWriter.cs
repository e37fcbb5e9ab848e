using BdSync.Protocol.Devices;
using BdSync.Protocol.Patching;

namespace BdSync.Protocol.Sessions;

/// <summary>Writes the data of differing blocks, from the buffers that they were compared in.</summary>
internal sealed class DataWriter(Device source, PatchPieces pieces, IBlockSink sink)
{
    /// <summary>Writes what differs in a range.</summary>
    public async Task WriteAsync(ComparedRange result, CancellationToken cancellationToken)
    {
        foreach (var extent in result.Differences)
        {
            foreach (var piece in pieces.Split(extent, RangeBuffer.Size))
            {
                if (result.Data is { } data)
                {
                    var block = data.Slice((int)(piece.Offset - result.Range.Offset), (int)piece.Length);
                    await sink.WriteBlocksAsync(piece.Offset, block, pieces.BlockSize, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await ReadAndWriteAsync(piece, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    // A block that was too large to be kept is read again.
    private async Task ReadAndWriteAsync(Extent piece, CancellationToken cancellationToken)
    {
        using var buffer = RangeBuffer.Rent();
        var data = buffer.Memory[..(int)piece.Length];
        source.ReadPadded(piece.Offset, data.Span);
        await sink.WriteBlocksAsync(piece.Offset, data, pieces.BlockSize, cancellationToken).ConfigureAwait(false);
    }
}
