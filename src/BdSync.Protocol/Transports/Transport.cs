namespace BdSync.Protocol.Transports;

/// <summary>
/// A connection to a peer: a pair of streams and how the other end turned out. The client reads and writes at the same time,
/// each from one place at a time.
/// </summary>
public abstract class Transport : IAsyncDisposable
{
    /// <summary>What the peer sends.</summary>
    public abstract Stream Input { get; }

    /// <summary>What goes to the peer.</summary>
    public abstract Stream Output { get; }

    /// <summary>
    /// How long the peer may be silent while an answer is due, before it counts as lost. <see cref="Timeout.InfiniteTimeSpan"/>, the
    /// default, for ever.
    /// </summary>
    public virtual TimeSpan AliveLimit => Timeout.InfiniteTimeSpan;

    /// <summary>The same for a peer that has not said anything yet. <see cref="AliveLimit"/> by default.</summary>
    public virtual TimeSpan GreetingLimit => AliveLimit;

    /// <summary>
    /// Waits until the peer has ended; one that does not end by itself is told that nothing more will come. Where that is what it waits for,
    /// dispose of <see cref="Output"/> first.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The exit status of the other end; 0 where it has none.</returns>
    public abstract Task<int> CompleteAsync(CancellationToken cancellationToken = default);

    /// <summary>Finds out why the streams ended, as far as that can be known within a few seconds.</summary>
    /// <param name="failure">What the streams showed.</param>
    /// <returns>The error to report, with what is known beyond the streams; where that is nothing, opening the connection again may help.</returns>
    public virtual Task<TransportException> ExplainAsync(TransportException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return Task.FromResult(new TransportException(failure.ExitStatus, failure.Message, failure) { IsTransient = true });
    }

    /// <summary>Ends the connection, by force if need be.</summary>
    /// <returns>A task.</returns>
    public async ValueTask DisposeAsync()
    {
        await DisposeAsyncCore().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the connection, by force if need be.</summary>
    /// <returns>A task.</returns>
    protected abstract ValueTask DisposeAsyncCore();
}
