namespace BdSync.Protocol.Hashing;

/// <summary>Two digests of the same data, one behind the other: md5-sha1.</summary>
internal sealed class ConcatenatedDigest(RunningDigest first, RunningDigest second) : RunningDigest
{
    public override int Size => first.Size + second.Size;

    public override void Append(ReadOnlySpan<byte> data)
    {
        first.Append(data);
        second.Append(data);
    }

    public override void Finish(Span<byte> destination)
    {
        first.Finish(destination);
        second.Finish(destination[first.Size..]);
    }

    public override void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }
}
