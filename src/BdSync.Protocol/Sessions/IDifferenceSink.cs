using BdSync.Protocol.Patching;

namespace BdSync.Protocol.Sessions;

/// <summary>Takes what a comparison finds. Not safe for several threads.</summary>
internal interface IDifferenceSink
{
    /// <summary>Which data a result has to carry.</summary>
    Keep Keep { get; }

    /// <summary>How many bytes have been written, headers included.</summary>
    long BytesWritten { get; }

    /// <summary>The size in bytes of the blocks that differ, as far as they have been taken.</summary>
    long DifferingBytes { get; }

    /// <summary>The comparison begins: both sides are there, and agree on how to compare.</summary>
    Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>Takes all results, in their order, and disposes of each.</summary>
    Task TakeAsync(IAsyncEnumerable<ComparedRange> results, CancellationToken cancellationToken);

    /// <summary>All has gone well.</summary>
    /// <param name="checksum">The checksum of the source device, where one was asked for.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task CompleteAsync(PatchChecksum? checksum, CancellationToken cancellationToken);
}
