using BdSync.Protocol;

namespace BdSync.Cli.Tasks.Reports.Records;

/// <summary>What comparing has cost, in bytes: <see cref="SyncStatistics"/>, as reports have it. docs/reports.md explains each.</summary>
internal sealed record CostRecord
{
    public required long LocalReadBytes { get; init; }

    public required long RemoteReadBytes { get; init; }

    public required long LocalHashedBytes { get; init; }

    public required long RemoteHashedBytes { get; init; }

    public required long SentBytes { get; init; }

    public required long ReceivedBytes { get; init; }

    /// <summary>Takes over what was counted; null for nothing.</summary>
    public static CostRecord? From(SyncStatistics? counted) => counted is not { } costs ? null : new()
    {
        LocalReadBytes = costs.LocalBytesRead,
        RemoteReadBytes = costs.RemoteBytesRead,
        LocalHashedBytes = costs.LocalBytesHashed,
        RemoteHashedBytes = costs.RemoteBytesHashed,
        SentBytes = costs.BytesSent,
        ReceivedBytes = costs.BytesReceived,
    };
}
