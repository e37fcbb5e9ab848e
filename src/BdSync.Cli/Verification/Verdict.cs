using BdSync.Protocol;
using BdSync.Protocol.Planning;

namespace BdSync.Cli.Verification;

/// <summary>What a verification found.</summary>
/// <param name="LocalName">What is called the local device, or a task's source.</param>
/// <param name="RemoteName">What is called the remote device, or a task's target.</param>
/// <param name="LocalLength">The size of the first in bytes.</param>
/// <param name="RemoteLength">The size of the second in bytes.</param>
/// <param name="BlockSize">The size of a block in bytes.</param>
/// <param name="Result">What was compared.</param>
/// <param name="IsSample">Whether only some blocks were.</param>
internal sealed record Verdict(string LocalName, string RemoteName, long LocalLength, long RemoteLength, int BlockSize, ComparisonResult Result, bool IsSample)
{
    /// <summary>Whether sizes that differ are meant to.</summary>
    public bool AllowsSizes { get; init; }

    /// <summary>Whether a task's source was read itself, and not a snapshot of it.</summary>
    public bool IsLive { get; init; }

    /// <summary>Where the patch is that mends it; null for none.</summary>
    public string? RepairPath { get; init; }

    public bool HasSizesThatDiffer => LocalLength != RemoteLength;

    public bool IsEqual => Result.DifferingBlocks == 0 && (AllowsSizes || !HasSizesThatDiffer);

    /// <summary>What a sample proves.</summary>
    public SampleProof Proof => new(Result.ComparedBlocks, Result.TotalBlocks);
}
