namespace BdSync.Protocol.Hashing;

/// <summary>A digest that data is appended to piece by piece. Not safe for several threads.</summary>
internal abstract class RunningDigest : IDisposable
{
    /// <summary>The size of the result in bytes.</summary>
    public abstract int Size { get; }

    public abstract void Append(ReadOnlySpan<byte> data);

    /// <summary>Writes the result to the first <see cref="Size"/> bytes of <paramref name="destination"/> and starts anew.</summary>
    public abstract void Finish(Span<byte> destination);

    public abstract void Dispose();
}
