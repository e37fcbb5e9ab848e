namespace BdSync.Protocol.Sessions;

/// <summary>What is known when a comparison is over, whatever became of its results.</summary>
/// <param name="LocalLength">The size of the local device in bytes.</param>
/// <param name="RemoteLength">The size of the remote device in bytes.</param>
/// <param name="ComparedBlocks">How many blocks were compared.</param>
/// <param name="RemoteExitStatus">What the other end exited with.</param>
/// <param name="Statistics">What it has cost.</param>
internal sealed record SessionOutcome(long LocalLength, long RemoteLength, long ComparedBlocks, int RemoteExitStatus, SyncStatistics Statistics);
