namespace BdSync.Protocol;

/// <summary>What a comparison found. Immutable.</summary>
/// <param name="LocalLength">The size of the local device in bytes.</param>
/// <param name="RemoteLength">The size of the remote device in bytes.</param>
/// <param name="ComparedBlocks">How many blocks were compared: all, unless the options say which.</param>
/// <param name="DifferingBlocks">How many of them differ.</param>
/// <param name="DifferingBytes">Their size in bytes, without what lies behind the end of a device.</param>
public sealed record ComparisonResult(long LocalLength, long RemoteLength, long ComparedBlocks, long DifferingBlocks, long DifferingBytes)
{
    /// <summary>Whether no difference was found: all compared blocks are equal, and so are the sizes.</summary>
    public bool IsEqual => DifferingBlocks == 0 && LocalLength == RemoteLength;

    /// <summary>How many blocks there are as far as the comparison goes, those that were left out included.</summary>
    public long TotalBlocks { get; init; }

    /// <summary>The size in bytes of the patch that was written on the way; 0 for none.</summary>
    public long PatchLength { get; init; }

    /// <summary>What the other end exited with, or 255 where its connection broke, or it did not end in time, when all was done. The result holds even where it isn't 0.</summary>
    public int RemoteExitStatus { get; init; }

    /// <summary>What it has cost.</summary>
    public SyncStatistics Statistics { get; init; }
}
