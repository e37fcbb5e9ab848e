using System.Runtime.CompilerServices;
using BdSync.Protocol.Patching;

namespace BdSync.Protocol.Sessions;

/// <summary>Counts the blocks that differ, and tells where they are. What it has to remember is one extent.</summary>
/// <param name="patch">Takes the results after this; null where nobody wants their data.</param>
/// <param name="blockSize">The size of a block in bytes.</param>
/// <param name="length">How far the comparison goes, in bytes: no extent passes it.</param>
/// <param name="onDifference">Is told each extent, in ascending order, neighbours joined; null for nobody.</param>
internal sealed class DifferenceReport(IDifferenceSink? patch, int blockSize, long length, Action<Extent>? onDifference) : IDifferenceSink
{
    private Extent pending;
    private long differingBlocks;

    public Keep Keep => patch?.Keep ?? Keep.Nothing;

    public long BytesWritten => patch?.BytesWritten ?? 0;

    public long DifferingBytes { get; private set; }

    public Task BeginAsync(CancellationToken cancellationToken) => patch?.BeginAsync(cancellationToken) ?? Task.CompletedTask;

    public async Task TakeAsync(IAsyncEnumerable<ComparedRange> results, CancellationToken cancellationToken)
    {
        if (patch is not null)
        {
            await patch.TakeAsync(ObserveAsync(results, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await foreach (var result in ObserveAsync(results, cancellationToken).ConfigureAwait(false))
            {
                result.Dispose();
            }
        }

        Tell();
    }

    public Task CompleteAsync(PatchChecksum? checksum, CancellationToken cancellationToken) => patch?.CompleteAsync(checksum, cancellationToken) ?? Task.CompletedTask;

    /// <summary>What was found, when all is over.</summary>
    public ComparisonResult GetResult(SessionOutcome outcome) => new(outcome.LocalLength, outcome.RemoteLength, outcome.ComparedBlocks, differingBlocks, DifferingBytes)
    {
        TotalBlocks = length == 0 ? 0 : ((length - 1) / blockSize) + 1,
        PatchLength = BytesWritten,
        RemoteExitStatus = outcome.RemoteExitStatus,
        Statistics = outcome.Statistics,
    };

    private async IAsyncEnumerable<ComparedRange> ObserveAsync(IAsyncEnumerable<ComparedRange> results, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var result in results.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (var extent in result.Differences)
            {
                Add(extent);
            }

            yield return result;
        }
    }

    private void Add(Extent blocks)
    {
        var extent = blocks with { Length = Math.Min(blocks.End, length) - blocks.Offset };
        differingBlocks += ((blocks.Length - 1) / blockSize) + 1;
        DifferingBytes += extent.Length;
        if (pending.End == extent.Offset && pending.Length > 0)
        {
            pending = pending with { Length = pending.Length + extent.Length };
            return;
        }

        Tell();
        pending = extent;
    }

    private void Tell()
    {
        if (pending.Length > 0)
        {
            onDifference?.Invoke(pending);
        }

        pending = default;
    }
}
