using Microsoft.Extensions.Logging;

namespace BdSync.Lvm;

/// <summary>All that the library logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Creating LVM snapshot: {Snapshot}")]
    public static partial void CreatingSnapshot(this ILogger logger, VolumeName snapshot);

    [LoggerMessage(2, LogLevel.Information, "Removing LVM snapshot: {Snapshot}")]
    public static partial void RemovingSnapshot(this ILogger logger, VolumeName snapshot);

    [LoggerMessage(3, LogLevel.Warning, "The LVM snapshot {Snapshot} of {Origin} is left from a run that was killed: it is removed before the new one is made.")]
    public static partial void LeftOver(this ILogger logger, VolumeName snapshot, string origin);

    [LoggerMessage(4, LogLevel.Warning, "The LVM snapshot {Snapshot} is {Percent} % full: it becomes invalid when it overflows.")]
    public static partial void SnapshotFilling(this ILogger logger, VolumeName snapshot, double percent);

    [LoggerMessage(5, LogLevel.Warning, "The thin pool {Pool}, in which the LVM snapshot {Snapshot} lies, is {Percent} % full.")]
    public static partial void PoolFilling(this ILogger logger, VolumeName pool, VolumeName snapshot, double percent);

    [LoggerMessage(6, LogLevel.Warning, "The LVM snapshot {Snapshot} is in use and can't be removed yet; it is tried for {Seconds} s more.")]
    public static partial void SnapshotBusy(this ILogger logger, VolumeName snapshot, double seconds);

    [LoggerMessage(7, LogLevel.Error, "{Reason}")]
    public static partial void RemovalFailed(this ILogger logger, string reason);

    [LoggerMessage(8, LogLevel.Debug, "LVM command: {Program} {Words}")]
    public static partial void Running(this ILogger logger, string program, string words);

    [LoggerMessage(9, LogLevel.Debug, "LVM says: {Errors}")]
    public static partial void Remarks(this ILogger logger, string errors);

    [LoggerMessage(10, LogLevel.Warning, "The metadata snapshot of {Device} can't be released. {Reason}")]
    public static partial void ReleaseFailed(this ILogger logger, string device, string reason);

    [LoggerMessage(11, LogLevel.Debug, "Keeping LVM snapshot: {Snapshot} as {Name}")]
    public static partial void KeepingSnapshot(this ILogger logger, VolumeName snapshot, string name);

    [LoggerMessage(12, LogLevel.Information, "Removing LVM snapshot: {Snapshot}, which was kept of a volume that is gone")]
    public static partial void RemovingOrphan(this ILogger logger, VolumeName snapshot);
}
