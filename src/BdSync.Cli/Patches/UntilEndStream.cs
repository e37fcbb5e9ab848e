namespace BdSync.Cli.Patches;

/// <summary>
/// Gzip data for a <see cref="System.IO.Compression.GZipStream"/>, which says nothing where the data is truncated, or followed by something else. So the
/// last of it comes byte by byte, and then one that no gzip data starts with: who asks for that one has had a use for all others, and who asks for
/// more misses something. The other stream stays open. Not safe for several threads.
/// </summary>
internal sealed class UntilEndStream(Stream inner) : Stream
{
    /// <summary>How much is held back, in bytes: more than a decompressor reads at once.</summary>
    private const int HeldLength = 16 * 1024;

    /// <summary>What comes behind the data. Were it taken for the last byte of a truncated one, which states the length, nothing would be amiss with what comes before.</summary>
    private const byte End = 0xFF;

    private readonly byte[] buffer = new byte[8 * HeldLength];
    private int first;
    private int count;
    private bool isInnerAtEnd;

    /// <summary>Whether a reader had a use for all of the data.</summary>
    public bool IsAtEnd { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await FillAsync(cancellationToken);
        if (count == 0 && buffer.Length > 0)
        {
            buffer.Span[0] = !IsAtEnd ? End : throw new InvalidDataException("It ends too early.");
            IsAtEnd = true;
            return 1;
        }

        var length = Math.Min(buffer.Length, count > HeldLength ? Math.Min(count - HeldLength, HeldLength) : Math.Min(count, 1));
        this.buffer.AsMemory(first, length).CopyTo(buffer);
        first += length;
        count -= length;
        return length;
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

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (isInnerAtEnd || count > HeldLength)
        {
            return;
        }

        buffer.AsSpan(first, count).CopyTo(buffer);
        first = 0;
        while (!isInnerAtEnd && count <= HeldLength)
        {
            var read = await inner.ReadAsync(buffer.AsMemory(count), cancellationToken);
            isInnerAtEnd = read == 0;
            count += read;
        }
    }
}
