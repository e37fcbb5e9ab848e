using System.Buffers;
using System.Runtime.CompilerServices;
using BdSync.Protocol.Patching;

namespace BdSync.Protocol.Sessions;

/// <summary>Fetches the remote device's data of differing blocks, and writes that.</summary>
internal sealed class FetchedDataSink(RemoteDeviceGroup remote, PatchHeader header, int blockSize, PatchWriter patch) : IDifferenceSink
{
    private readonly PatchPieces pieces = new(blockSize, header.DeviceLength);

    public Keep Keep => Keep.Nothing;

    public long BytesWritten => patch.BytesWritten;

    public long DifferingBytes => patch.DataBytesWritten;

    public Task BeginAsync(CancellationToken cancellationToken) => patch.WriteHeaderAsync(header, cancellationToken).AsTask();

    public async Task TakeAsync(IAsyncEnumerable<ComparedRange> results, CancellationToken cancellationToken)
    {
        await foreach (var (extent, fetching) in new RemoteReader(remote).ReadAsync(ListPiecesAsync(results, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            var data = await fetching.ConfigureAwait(false);
            try
            {
                await patch.WriteBlocksAsync(extent.Offset, data.AsMemory(0, (int)extent.Length), blockSize, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(data);
            }
        }
    }

    public Task CompleteAsync(PatchChecksum? checksum, CancellationToken cancellationToken) => patch.CompleteAsync(checksum, cancellationToken).AsTask();

    private async IAsyncEnumerable<Extent> ListPiecesAsync(IAsyncEnumerable<ComparedRange> results, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var result in results.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            using (result)
            {
                foreach (var piece in result.Differences.SelectMany(extent => pieces.Split(extent, RemoteReader.MaxLength)))
                {
                    yield return piece;
                }
            }
        }
    }
}
