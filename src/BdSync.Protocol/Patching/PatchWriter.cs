using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;

namespace BdSync.Protocol.Patching;

/// <summary>
/// Writes a patch: a header, records in any order, an end. The bytes are those that the C tool writes for the same records.
/// The stream stays open. Not safe for several threads.
/// </summary>
public sealed class PatchWriter : IBlockSink
{
    private const int FlushThreshold = 128 * 1024;

    private readonly PipeWriter output;
    private PatchHeader? header;

    /// <summary>Creates a writer.</summary>
    /// <param name="stream">Receives the patch; it isn't closed.</param>
    public PatchWriter(Stream stream) =>
        output = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: 2 * FlushThreshold, leaveOpen: true));

    /// <summary>How many bytes the patch has so far.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>How many of them are data.</summary>
    public long DataBytesWritten { get; private set; }

    /// <summary>Writes the header.</summary>
    /// <param name="header">The header; the name has at most 16384 bytes in UTF-8.</param>
    /// <param name="cancellationToken">Ends the writing with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A task.</returns>
    /// <exception cref="ArgumentException">The name is too long or the size negative.</exception>
    /// <exception cref="BdSyncException">The stream can't be written.</exception>
    public ValueTask WriteHeaderAsync(PatchHeader header, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentOutOfRangeException.ThrowIfNegative(header.DeviceLength);
        var nameLength = Encoding.UTF8.GetByteCount(header.DeviceName);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nameLength, PatchFormat.MaxNameLength);

        var span = GetSpan(PatchFormat.FixedHeaderLength + nameLength);
        PatchFormat.Signature.CopyTo(span);
        PatchFormat.Version.CopyTo(span[PatchFormat.Signature.Length..]);
        BinaryPrimitives.WriteInt64LittleEndian(span[PatchFormat.SignatureLength..], header.DeviceLength);
        BinaryPrimitives.WriteUInt16LittleEndian(span[(PatchFormat.SignatureLength + sizeof(long))..], (ushort)nameLength);
        Encoding.UTF8.GetBytes(header.DeviceName, span[PatchFormat.FixedHeaderLength..]);
        Advance(span.Length);
        this.header = header;
        return FlushIfFullAsync(cancellationToken);
    }

    /// <summary>Writes records for data in blocks: one per block, and several for a block over 32768 bytes, as the C tool does.</summary>
    /// <param name="offset">Where the data belongs, in bytes; the start of a block.</param>
    /// <param name="data">The data of one or more blocks; the last one may be shorter.</param>
    /// <param name="blockSize">The size of a block in bytes.</param>
    /// <param name="cancellationToken">Ends the writing with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A task.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The data passes the size that the header states.</exception>
    /// <exception cref="BdSyncException">The stream can't be written.</exception>
    public async ValueTask WriteBlocksAsync(long offset, ReadOnlyMemory<byte> data, int blockSize, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 1);
        while (data.Length > 0)
        {
            var block = data[..Math.Min(blockSize, data.Length)];
            data = data[block.Length..];
            while (block.Length > 0)
            {
                var piece = block[..Math.Min(PatchFormat.MaxWrittenRecordLength, block.Length)];
                await WriteRecordAsync(new(offset, piece), cancellationToken).ConfigureAwait(false);
                offset += piece.Length;
                block = block[piece.Length..];
            }
        }
    }

    /// <summary>Writes one record as it is.</summary>
    /// <param name="record">The record; 1 to 65535 bytes within the size that the header states.</param>
    /// <param name="cancellationToken">Ends the writing with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A task.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The record is empty, too long, or outside the device.</exception>
    /// <exception cref="BdSyncException">The stream can't be written.</exception>
    public ValueTask WriteRecordAsync(PatchRecord record, CancellationToken cancellationToken = default)
    {
        var length = record.Data.Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1, nameof(record));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, ushort.MaxValue, nameof(record));
        ArgumentOutOfRangeException.ThrowIfNegative(record.Offset, nameof(record));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Offset, GetHeader().DeviceLength - length, nameof(record));

        var span = GetSpan(PatchFormat.RecordHeaderLength + length);
        WriteRecordHeader(span, record.Offset, length);
        record.Data.Span.CopyTo(span[PatchFormat.RecordHeaderLength..]);
        Advance(span.Length);
        DataBytesWritten += length;
        return FlushIfFullAsync(cancellationToken);
    }

    /// <summary>Writes the end of the patch and hands all of it to the stream.</summary>
    /// <param name="checksum">The checksum of the source device, or null for none.</param>
    /// <param name="cancellationToken">Ends the writing with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A task.</returns>
    /// <exception cref="ArgumentException">The checksum's name or digest is too long, or the name is empty.</exception>
    /// <exception cref="BdSyncException">The stream can't be written.</exception>
    public async ValueTask CompleteAsync(PatchChecksum? checksum = null, CancellationToken cancellationToken = default)
    {
        _ = GetHeader();
        WriteEnd(checksum);
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await output.CompleteAsync().ConfigureAwait(false);
    }

    private static void WriteRecordHeader(Span<byte> span, long offset, int length)
    {
        BinaryPrimitives.WriteInt64LittleEndian(span, offset);
        BinaryPrimitives.WriteUInt16LittleEndian(span[sizeof(long)..], (ushort)length);
    }

    // End: a record header of zeros. Trailer: u8 length of the checksum's name (0: none, nothing follows), name, u8 length of the digest, digest.
    private void WriteEnd(PatchChecksum? checksum)
    {
        WriteRecordHeader(GetSpan(PatchFormat.RecordHeaderLength), 0, 0);
        Advance(PatchFormat.RecordHeaderLength);
        if (checksum is null)
        {
            GetSpan(1)[0] = 0;
            Advance(1);
            return;
        }

        var nameLength = Encoding.UTF8.GetByteCount(checksum.Name);
        ArgumentOutOfRangeException.ThrowIfLessThan(nameLength, 1, nameof(checksum));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nameLength, byte.MaxValue, nameof(checksum));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(checksum.Digest.Length, byte.MaxValue, nameof(checksum));
        var span = GetSpan(nameLength + checksum.Digest.Length + 2);
        span[0] = (byte)nameLength;
        Encoding.UTF8.GetBytes(checksum.Name, span[1..]);
        span[nameLength + 1] = (byte)checksum.Digest.Length;
        checksum.Digest.Span.CopyTo(span[(nameLength + 2)..]);
        Advance(span.Length);
    }

    private PatchHeader GetHeader() => header ?? throw new InvalidOperationException("The header must be written first.");

    private Span<byte> GetSpan(int length) => output.GetSpan(length)[..length];

    private void Advance(int length)
    {
        output.Advance(length);
        BytesWritten += length;
    }

    private ValueTask FlushIfFullAsync(CancellationToken cancellationToken) =>
        output.UnflushedBytes >= FlushThreshold ? FlushAsync(cancellationToken) : ValueTask.CompletedTask;

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            // WaitAsync: a write to a pipe that nobody reads can't be cancelled, only left behind.
            var flushing = output.FlushAsync(cancellationToken);
            if (!flushing.IsCompletedSuccessfully)
            {
                await flushing.AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or ArgumentOutOfRangeException)
        {
            // The second one is .NET's word for a file that gets larger than its file system, or ulimit, allows.
            throw new BdSyncException(
                BdSyncExitStatus.Write, $"Writing the patch failed after about {BytesWritten} bytes, so it is incomplete: {exception.Message}", exception);
        }
    }
}
