using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace BdSync.Protocol.Sessions;

/// <summary>
/// The workers of a session, one per thread that may work at the same time. Who holds one may use a core: waiting for a worker
/// is what bounds the work under way. Those that wait get theirs in the order in which they asked.
/// </summary>
/// <typeparam name="TWorker">What a thread needs for itself.</typeparam>
internal sealed class WorkerPool<TWorker> : IDisposable
    where TWorker : IDisposable
{
    private readonly Channel<TWorker> idle = Channel.CreateUnbounded<TWorker>();
    private readonly TWorker[] workers;

    /// <summary>Creates the workers.</summary>
    public WorkerPool(int count, Func<TWorker> create)
    {
        workers = [.. Enumerable.Range(0, count).Select(_ => create())];
        Array.ForEach(workers, worker => idle.Writer.TryWrite(worker));
    }

    /// <summary>Waits for a worker, then starts work on another thread.</summary>
    /// <returns>The work, under way.</returns>
    public async ValueTask<Task<T>> StartAsync<T>(Func<TWorker, T> work, CancellationToken cancellationToken)
    {
        var worker = await idle.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return Task.Run(
            () =>
            {
                try
                {
                    return work(worker);
                }
                finally
                {
                    idle.Writer.TryWrite(worker);
                }
            },
            CancellationToken.None);
    }

    /// <summary>Works on items, several at a time, and gives the results in the items' order.</summary>
    /// <param name="items">The items.</param>
    /// <param name="work">The work; what it returns is disposed of where nobody takes it any more.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>A result per item.</returns>
    public async IAsyncEnumerable<TResult> RunAsync<TItem, TResult>(
        IAsyncEnumerable<TItem> items, Func<TItem, TWorker, TResult> work, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TResult : IDisposable
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var results = Channel.CreateBounded<Task<TResult>>(workers.Length + 4);
        var working = WorkAsync(items, work, results.Writer, stop.Token);
        try
        {
            await foreach (var result in results.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return await result.ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await working.ConfigureAwait(false);
            while (results.Reader.TryRead(out var result))
            {
                await ((Task)result).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (result.IsCompletedSuccessfully)
                {
                    (await result.ConfigureAwait(false)).Dispose();
                }
            }
        }
    }

    /// <summary>Waits until all workers are idle, for good.</summary>
    public async Task DrainAsync()
    {
        for (var index = 0; index < workers.Length; index++)
        {
            await idle.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    public void Dispose() => Array.ForEach(workers, worker => worker.Dispose());

    // Never throws: an error travels down the channel, behind what came before it.
    private async Task WorkAsync<TItem, TResult>(
        IAsyncEnumerable<TItem> items, Func<TItem, TWorker, TResult> work, ChannelWriter<Task<TResult>> results, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await results.WaitToWriteAsync(cancellationToken).ConfigureAwait(false);
                var started = await StartAsync(worker => work(item, worker), cancellationToken).ConfigureAwait(false);
                await results.WriteAsync(started, CancellationToken.None).ConfigureAwait(false);
            }

            results.Complete();
        }
        catch (Exception exception)
        {
            results.Complete(exception);
        }
    }
}
