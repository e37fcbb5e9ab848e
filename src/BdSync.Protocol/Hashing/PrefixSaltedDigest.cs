namespace BdSync.Protocol.Hashing;

/// <summary>digest(salt ‖ block): the protocol's way.</summary>
internal sealed class PrefixSaltedDigest(RunningDigest digest, ReadOnlyMemory<byte> salt) : SaltedDigest
{
    public override void Hash(ReadOnlySpan<byte> block, Span<byte> destination)
    {
        Begin();
        Append(block);
        Finish(destination);
    }

    public override void Begin() => digest.Append(salt.Span);

    public override void Append(ReadOnlySpan<byte> piece) => digest.Append(piece);

    public override void Finish(Span<byte> destination) => digest.Finish(destination);

    public override void Dispose() => digest.Dispose();
}
