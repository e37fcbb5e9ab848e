using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace BdSync.Cli.Patches;

/// <summary>Patches as they are stored and sent: plain, or compressed by gzip or zstd. What it is, is seen by how it starts.</summary>
internal static class CompressedPatch
{
    private const int BufferSize = 64 * 1024;

    private static ReadOnlySpan<byte> GzipMagic => [0x1F, 0x8B];

    private static ReadOnlySpan<byte> ZstdMagic => [0x28, 0xB5, 0x2F, 0xFD];

    /// <summary>
    /// Opens a patch for reading, decompressed. Reading fails with a <see cref="BdSync.Protocol.PatchException"/> where the compressed data is
    /// damaged, truncated, or followed by something else; that is known before the last byte is given out.
    /// </summary>
    /// <param name="file">The patch, from its current position; not to be used while the result is.</param>
    /// <param name="cancellationToken">Ends the wait for the first bytes.</param>
    /// <param name="untilDamage">Give out what comes before the damage, too: for whoever reads on behind the patch's end, and writes nothing.</param>
    /// <returns>
    /// The patch. Where <paramref name="file"/> can seek, its position can be set back to where it was at first, and <see cref="Stream.CanSeek"/> says so; its
    /// length isn't known. It may be <paramref name="file"/> itself, which is to be disposed of as well as the result.
    /// </returns>
    /// <exception cref="IOException"><paramref name="file"/> can't be read.</exception>
    public static async Task<Stream> OpenReadAsync(Stream file, CancellationToken cancellationToken, bool untilDamage = false)
    {
        if (file.CanSeek)
        {
            var start = file.Position;
            var first = new byte[ZstdMagic.Length];
            var length = await file.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellationToken);
            file.Position = start;
            return Open(file, first.AsSpan(0, length), untilDamage);
        }

        // WaitAsync: a read from a pipe can't be cancelled, only left behind.
        var reader = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: BufferSize, leaveOpen: true));
        var result = await reader.ReadAtLeastAsync(ZstdMagic.Length, cancellationToken).AsTask().WaitAsync(cancellationToken);
        var magic = new byte[Math.Min(ZstdMagic.Length, result.Buffer.Length)];
        result.Buffer.Slice(0, magic.Length).CopyTo(magic);
        reader.AdvanceTo(result.Buffer.Start);
        return Open(reader.AsStream(), magic, untilDamage);
    }

    /// <summary>Opens a stream that compresses what is written to it. Disposing of it completes the compressed data.</summary>
    /// <param name="output">Receives the compressed data; it stays open.</param>
    /// <param name="compression">How to compress.</param>
    public static Stream CreateWriter(Stream output, PatchCompression compression) => compression switch
    {
        PatchCompression.Gzip => new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true),
        PatchCompression.Zstd => CreateZstdWriter(output),
        _ => PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true)).AsStream(),
    };

    private static Stream Open(Stream file, ReadOnlySpan<byte> first, bool untilDamage) =>
        first.StartsWith(GzipMagic) ? new DecompressingStream(file, PatchCompression.Gzip, untilDamage)
        : first.StartsWith(ZstdMagic) ? new DecompressingStream(file, PatchCompression.Zstd, untilDamage)
        : file;

    private static CompressionStream CreateZstdWriter(Stream output)
    {
        var stream = new CompressionStream(output, leaveOpen: true);
        stream.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return stream;
    }
}
