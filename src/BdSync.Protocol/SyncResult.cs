namespace BdSync.Protocol;

/// <summary>What a comparison gave.</summary>
/// <param name="PatchLength">The size of the patch in bytes.</param>
/// <param name="LocalLength">The size of the local device in bytes.</param>
/// <param name="RemoteLength">The size of the remote device in bytes.</param>
/// <param name="DifferingBytes">The size in bytes of the blocks that differ: the data that went into the patch, or to the target.</param>
/// <param name="RemoteExitStatus">What the other end exited with, or 255 where its connection broke, or it did not end in time, when all was done; the patch is whole even where it isn't 0.</param>
public sealed record SyncResult(long PatchLength, long LocalLength, long RemoteLength, long DifferingBytes, int RemoteExitStatus)
{
    /// <summary>What it has cost.</summary>
    public SyncStatistics Statistics { get; init; }
}
