using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;

namespace BdSync.Protocol.Patching;

/// <summary>
/// Reads a patch and checks it on the way: the header, then records until <see cref="ReadRecordAsync"/> returns null, then
/// <see cref="Checksum"/>. What follows the end of a patch is left alone, as the C tool does. The stream stays open. Memory
/// does not depend on the patch. Not safe for several threads.
/// </summary>
public sealed class PatchReader
{
    private const int BufferSize = 256 * 1024;

    private readonly PipeReader input;
    private readonly byte[] data = new byte[ushort.MaxValue];
    private long deviceLength = -1;
    private bool isAtEnd;

    /// <summary>Creates a reader.</summary>
    /// <param name="stream">The patch; it isn't closed, and may have been read past the patch's end.</param>
    public PatchReader(Stream stream) => input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferSize, leaveOpen: true));

    /// <summary>How many bytes of the patch have been read and found correct.</summary>
    public long Position { get; private set; }

    /// <summary>How many bytes there are up to the end of the last part that is whole: the header, a record, or all of the patch.</summary>
    internal long WholeLength { get; private set; }

    /// <summary>The checksum that the patch carries, known once all records have been read; null for none.</summary>
    public PatchChecksum? Checksum { get; private set; }

    /// <summary>Reads the header.</summary>
    /// <param name="cancellationToken">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The header.</returns>
    /// <exception cref="PatchException">It is no patch, of another version, truncated, or its numbers are out of range.</exception>
    /// <exception cref="BdSyncException">The stream can't be read.</exception>
    /// <exception cref="InvalidOperationException">The header has been read.</exception>
    public async ValueTask<PatchHeader> ReadHeaderAsync(CancellationToken cancellationToken = default)
    {
        if (deviceLength >= 0)
        {
            throw new InvalidOperationException("The header has been read already.");
        }

        await ReadAsync(PatchFormat.FixedHeaderLength, "the header", cancellationToken).ConfigureAwait(false);
        var (length, nameLength) = ParseFixedHeader(data);
        await ReadAsync(nameLength, "the device name", cancellationToken).ConfigureAwait(false);
        deviceLength = length;
        WholeLength = Position;
        return new(length, Encoding.UTF8.GetString(data, 0, nameLength));
    }

    /// <summary>Reads the next record. Records of length 0 are skipped, whatever their place on the device.</summary>
    /// <param name="cancellationToken">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The record, valid until the next call; null at the end of the patch, and from then on.</returns>
    /// <exception cref="PatchException">The record is outside the device, or the patch is truncated.</exception>
    /// <exception cref="BdSyncException">The stream can't be read.</exception>
    /// <exception cref="InvalidOperationException">The header has not been read.</exception>
    public async ValueTask<PatchRecord?> ReadRecordAsync(CancellationToken cancellationToken = default)
    {
        if (deviceLength < 0)
        {
            throw new InvalidOperationException("The header must be read first.");
        }

        while (!isAtEnd)
        {
            var start = Position;
            await ReadAsync(PatchFormat.RecordHeaderLength, "a record", cancellationToken).ConfigureAwait(false);
            var offset = BinaryPrimitives.ReadInt64LittleEndian(data);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(sizeof(long)));
            if (length == 0 && offset == 0)
            {
                await ReadTrailerAsync(cancellationToken).ConfigureAwait(false);
                break;
            }

            if (offset < 0 || offset > deviceLength - length)
            {
                throw new PatchException(
                    $"The record at offset {start} of the patch is for {length} bytes at offset {offset} of a device that has {deviceLength} bytes.");
            }

            await ReadAsync(length, "a record's data", cancellationToken).ConfigureAwait(false);
            WholeLength = Position;
            if (length > 0)
            {
                return new(offset, data.AsMemory(0, length));
            }
        }

        return null;
    }

    private static (long DeviceLength, int NameLength) ParseFixedHeader(ReadOnlySpan<byte> header)
    {
        CheckSignature(header);
        if (!header[PatchFormat.Signature.Length..].StartsWith(PatchFormat.Version))
        {
            var version = Encoding.ASCII.GetString(header[PatchFormat.Signature.Length..PatchFormat.SignatureLength]).TrimEnd('\n');
            throw new PatchException($"The patch has version '{version}'; this program reads 0.3.");
        }

        var deviceLength = BinaryPrimitives.ReadInt64LittleEndian(header[PatchFormat.SignatureLength..]);
        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[(PatchFormat.SignatureLength + sizeof(long))..]);
        if (deviceLength < 0)
        {
            throw new PatchException($"The patch states a device size of {deviceLength} bytes; it can't be negative.");
        }

        return nameLength <= PatchFormat.MaxNameLength
            ? (deviceLength, nameLength)
            : throw new PatchException($"The patch states a device name of {nameLength} bytes; at most {PatchFormat.MaxNameLength} are allowed.");
    }

    // Of the first bytes, as far as there are any.
    private static void CheckSignature(ReadOnlySpan<byte> header)
    {
        var length = Math.Min(header.Length, PatchFormat.Signature.Length);
        if (!header[..length].SequenceEqual(PatchFormat.Signature[..length]))
        {
            throw new PatchException("The input is not a bdsync patch: it does not start with 'BDSYNC '.");
        }
    }

    private async ValueTask ReadTrailerAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(1, "the trailer", cancellationToken).ConfigureAwait(false);
        int nameLength = data[0];
        if (nameLength > 0)
        {
            await ReadAsync(nameLength + 1, "the trailer", cancellationToken).ConfigureAwait(false);
            var name = Encoding.UTF8.GetString(data, 0, nameLength);
            int digestLength = data[nameLength];
            await ReadAsync(digestLength, "the trailer", cancellationToken).ConfigureAwait(false);
            Checksum = new(name, data.AsSpan(0, digestLength).ToArray());
        }

        WholeLength = Position;
        isAtEnd = true;
        await input.CompleteAsync().ConfigureAwait(false);
    }

    private async ValueTask ReadAsync(int length, string what, CancellationToken cancellationToken)
    {
        if (length == 0)
        {
            return;
        }

        ReadResult result;
        try
        {
            // WaitAsync: a read from a terminal or a pipe can't be cancelled, only left behind.
            var reading = input.ReadAtLeastAsync(length, cancellationToken);
            result = reading.IsCompletedSuccessfully ? reading.Result : await reading.AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw new BdSyncException(BdSyncExitStatus.Read, $"Reading the patch failed at offset {Position}: {exception.Message}", exception);
        }

        if (result.Buffer.Length < length)
        {
            if (Position == 0)
            {
                CheckSignature(result.Buffer.ToArray());
            }

            throw new PatchException($"The patch is truncated: it ends after {Position + result.Buffer.Length} bytes, within {what}.");
        }

        var slice = result.Buffer.Slice(0, length);
        slice.CopyTo(data);
        input.AdvanceTo(slice.End);
        Position += length;
    }
}
