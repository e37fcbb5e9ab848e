namespace BdSync.Protocol;

/// <summary>How far a comparison has come. Reports come one at a time, in order, on any thread, and the comparison waits for each.</summary>
/// <param name="PatchLength">How many bytes the patch has so far, its header included.</param>
/// <param name="Position">How far the device has been compared, in bytes.</param>
/// <param name="Length">How far the comparison goes, in bytes; 0 where both devices are empty.</param>
/// <param name="Completed">Whether this is the last report: the patch is whole.</param>
public readonly record struct SyncProgress(long PatchLength, long Position, long Length, bool Completed)
{
    /// <summary>The size in bytes of the blocks that differ, of those that have been compared so far.</summary>
    public long DifferingBytes { get; init; }

    /// <summary>What it has cost so far: some way ahead of <see cref="Position"/>.</summary>
    public SyncStatistics Statistics { get; init; }
}
