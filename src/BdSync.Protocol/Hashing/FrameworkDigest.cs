using System.Security.Cryptography;

namespace BdSync.Protocol.Hashing;

/// <summary>A digest that .NET computes.</summary>
internal sealed class FrameworkDigest(HashAlgorithmName name) : RunningDigest
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(name);

    public override int Size => hash.HashLengthInBytes;

    public override void Append(ReadOnlySpan<byte> data) => hash.AppendData(data);

    public override void Finish(Span<byte> destination) => hash.GetHashAndReset(destination);

    public override void Dispose() => hash.Dispose();
}
