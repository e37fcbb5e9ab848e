using BdSync.Protocol;

namespace BdSync.Cli.Tasks.Running;

/// <summary>
/// What a task's comparisons have cost, one after the other, also those that did not come to their end: of them what their last report had. Safe for several threads.
/// </summary>
internal sealed class ComparisonCosts
{
    private readonly Lock gate = new();
    private SyncStatistics before;
    private SyncStatistics current;
    private bool hasBegun;

    /// <summary>All of them together; null where none has begun.</summary>
    public SyncStatistics? Total
    {
        get
        {
            lock (gate)
            {
                return hasBegun ? Add(before, current) : null;
            }
        }
    }

    /// <summary>A comparison begins, which may be the same once more.</summary>
    public void Begin()
    {
        lock (gate)
        {
            hasBegun = true;
            before = Add(before, current);
            current = default;
        }
    }

    /// <summary>It has cost so much so far.</summary>
    public void Report(SyncStatistics statistics)
    {
        lock (gate)
        {
            current = statistics;
        }
    }

    private static SyncStatistics Add(SyncStatistics first, SyncStatistics second) => new()
    {
        LocalBytesRead = first.LocalBytesRead + second.LocalBytesRead,
        RemoteBytesRead = first.RemoteBytesRead + second.RemoteBytesRead,
        LocalBytesHashed = first.LocalBytesHashed + second.LocalBytesHashed,
        RemoteBytesHashed = first.RemoteBytesHashed + second.RemoteBytesHashed,
        BytesSent = first.BytesSent + second.BytesSent,
        BytesReceived = first.BytesReceived + second.BytesReceived,
        Reconnections = first.Reconnections + second.Reconnections,
    };
}
