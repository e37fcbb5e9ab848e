using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace BdSync.Protocol;

/// <summary>All instruments and activities. Who doesn't listen pays a look at a list for every block range.</summary>
internal static class Telemetry
{
    public static readonly ActivitySource Activities = new(BdSyncTelemetry.ActivitySourceName);

    private static readonly Meter Meter = new(BdSyncTelemetry.MeterName);
    private static readonly Counter<long> Read = CreateCounter("bdsync.device.read", "What was read from devices; on the remote side, what had to be for the answers that came.");
    private static readonly Counter<long> Hashed = CreateCounter("bdsync.device.hashed", "What was hashed, whole blocks with their padding.");
    private static readonly Counter<long> Written = CreateCounter("bdsync.device.written", "What was written to targets.");
    private static readonly Counter<long> Differing = CreateCounter("bdsync.device.differing", "The blocks that differ.");
    private static readonly Counter<long> Transferred = CreateCounter("bdsync.wire.transferred", "Messages of the protocol.");

    private static readonly KeyValuePair<string, object?> Local = new("bdsync.side", "local");
    private static readonly KeyValuePair<string, object?> Remote = new("bdsync.side", "remote");
    private static readonly KeyValuePair<string, object?> Sent = new("bdsync.direction", "sent");
    private static readonly KeyValuePair<string, object?> Received = new("bdsync.direction", "received");

    public static void AddRead(long bytes, bool isLocal) => Read.Add(bytes, isLocal ? Local : Remote);

    public static void AddHashed(long bytes, bool isLocal) => Hashed.Add(bytes, isLocal ? Local : Remote);

    public static void AddWritten(long bytes) => Written.Add(bytes);

    public static void AddTransferred(long bytes, bool isSent) => Transferred.Add(bytes, isSent ? Sent : Received);

    /// <summary>Notes how a comparison ended.</summary>
    public static void Complete(Activity? activity, long localLength, long remoteLength, long differingBytes, long patchLength)
    {
        Differing.Add(differingBytes);
        activity?.SetTag("bdsync.local.size", localLength);
        activity?.SetTag("bdsync.remote.size", remoteLength);
        activity?.SetTag("bdsync.differing", differingBytes);
        activity?.SetTag("bdsync.patch.size", patchLength);
    }

    /// <summary>Notes that an activity failed.</summary>
    public static void Fail(Activity? activity, Exception exception) => activity?.SetStatus(ActivityStatusCode.Error, exception.Message);

    private static Counter<long> CreateCounter(string name, string description) => Meter.CreateCounter<long>(name, "By", description);
}
