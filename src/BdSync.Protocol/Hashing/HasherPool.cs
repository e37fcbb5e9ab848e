using System.Threading.Channels;

namespace BdSync.Protocol.Hashing;

/// <summary>
/// The hashers of a session, one per thread that may hash at the same time. Who holds one may use a core: waiting for a hasher
/// is what bounds the work under way. Those that wait get theirs in the order in which they asked.
/// </summary>
internal sealed class HasherPool : IDisposable
{
    private readonly Channel<BlockHasher> idle = Channel.CreateUnbounded<BlockHasher>();
    private readonly BlockHasher[] hashers;

    /// <summary>Creates the hashers.</summary>
    /// <param name="settings">What they compute.</param>
    /// <param name="threads">How many there are.</param>
    public HasherPool(BlockHashing settings, int threads)
    {
        hashers = [.. Enumerable.Range(0, threads).Select(_ => new BlockHasher(settings))];
        foreach (var hasher in hashers)
        {
            Return(hasher);
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => hashers.Length;

    public ValueTask<BlockHasher> RentAsync(CancellationToken cancellationToken) => idle.Reader.ReadAsync(cancellationToken);

    public void Return(BlockHasher hasher) => idle.Writer.TryWrite(hasher);

    /// <summary>Waits until all are back.</summary>
    public async Task DrainAsync()
    {
        for (var index = 0; index < hashers.Length; index++)
        {
            await idle.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    public void Dispose() => Array.ForEach(hashers, hasher => hasher.Dispose());
}
