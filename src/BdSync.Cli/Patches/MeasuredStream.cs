using System.Security.Cryptography;
using BdSync.Cli.Output;

namespace BdSync.Cli.Patches;

/// <summary>Counts and hashes what is written through it. The other stream stays open. Not safe for several threads.</summary>
internal sealed class MeasuredStream(Stream output) : WriteOnlyStream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>How many bytes have been written.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>The sha256 of what has been written so far, 32 bytes.</summary>
    public byte[] GetSha256() => hash.GetCurrentHash();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        output.Write(buffer);
        Count(buffer);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await output.WriteAsync(buffer, cancellationToken);
        Count(buffer.Span);
    }

    public override void Flush() => output.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => output.FlushAsync(cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Count(ReadOnlySpan<byte> data)
    {
        hash.AppendData(data);
        BytesWritten += data.Length;
    }
}
