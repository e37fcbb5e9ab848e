using System.IO.Compression;
using BdSync.Protocol;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace BdSync.Cli.Patches;

/// <summary>
/// Decompresses a patch. It decompresses one piece ahead: that the compressed data is whole, and that nothing follows it, has been checked
/// before its last piece is given out; for whoever wants what comes before the damage, when its end is read. Where the file can seek, the position
/// can be set back to the start. Memory is bounded, whatever the data says. The file stays open. Not safe for several threads.
/// </summary>
internal sealed class DecompressingStream : Stream
{
    /// <summary>How far back zstd's data may refer, as a power of two: 128 MiB of memory. The zstd program asks its user from here on (--long=28).</summary>
    public const int MaxWindowLog = 27;

    private const int PieceLength = 128 * 1024;

    private readonly Stream file;
    private readonly bool untilDamage;
    private readonly long start;
    private byte[] piece = new byte[PieceLength];
    private byte[] nextPiece = new byte[PieceLength];
    private Memory<byte> rest;
    private int nextLength;
    private Stream? decoder;
    private UntilEndStream? gzipData;
    private PatchException? damage;
    private long position;

    public DecompressingStream(Stream file, PatchCompression compression, bool untilDamage = false)
    {
        this.file = file;
        this.untilDamage = untilDamage;
        Compression = compression;
        start = file.CanSeek ? file.Position : 0;
    }

    public PatchCompression Compression { get; }

    public override bool CanRead => true;

    public override bool CanSeek => file.CanSeek;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    /// <summary>How many bytes have been read; can be set to 0.</summary>
    public override long Position
    {
        get => position;
        set
        {
            if (value != 0 || !CanSeek)
            {
                throw new NotSupportedException("Only the start can be gone back to, and only in a file.");
            }

            CloseDecoder();
            file.Position = start;
            rest = default;
            position = 0;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (decoder is null)
        {
            OpenDecoder();
            nextLength = await DecodeAsync(cancellationToken);
        }

        if (rest.IsEmpty && nextLength > 0)
        {
            (piece, nextPiece) = (nextPiece, piece);
            var length = nextLength;
            nextLength = await DecodeAsync(cancellationToken);
            rest = piece.AsMemory(0, length);
        }
        else if (rest.IsEmpty && damage is not null)
        {
            throw damage;
        }

        var count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        rest = rest[count..];
        position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CloseDecoder();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> DecodeAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        try
        {
            for (var read = -1; read != 0 && length < PieceLength && damage is null; length += read)
            {
                read = await decoder!.ReadAsync(nextPiece.AsMemory(length), cancellationToken);
            }

            return length > 0 || damage is not null || gzipData is not { IsAtEnd: false }
                ? length
                : throw new PatchException("The compressed patch is followed by something that is no gzip data.");
        }
        catch (Exception exception) when (exception is InvalidDataException or ZstdException or EndOfStreamException or PatchException)
        {
            damage = exception as PatchException ?? new PatchException($"The patch can't be decompressed: {Describe(exception)}", exception);
            return untilDamage ? length : throw damage;
        }
    }

    private static string Describe(Exception exception) => exception switch
    {
        EndOfStreamException => "the zstd data is truncated.",
        ZstdException { Code: ZSTD_ErrorCode.ZSTD_error_frameParameter_windowTooLarge } =>
            $"its zstd data needs a window of more than {1 << (MaxWindowLog - 20)} MiB, which is all that is allowed.",
        ZstdException => $"the zstd data is damaged ({exception.Message}).",
        _ => $"the gzip data is damaged or truncated ({exception.Message})",
    };

    private void OpenDecoder()
    {
        if (Compression == PatchCompression.Gzip)
        {
            gzipData = new UntilEndStream(file);
            decoder = new GZipStream(gzipData, CompressionMode.Decompress, leaveOpen: true);
            return;
        }

        var zstd = new DecompressionStream(file, checkEndOfStream: true, leaveOpen: true);
        zstd.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxWindowLog);
        decoder = zstd;
    }

    private void CloseDecoder()
    {
        decoder?.Dispose();
        decoder = null;
        damage = null;
        nextLength = 0;
    }
}
