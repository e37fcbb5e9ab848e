namespace BdSync.Cli.Tasks.Reports.Metrics;

/// <summary>The metrics that there are. docs/monitoring.md explains them.</summary>
internal static class MetricCatalog
{
    public const string TaskLabel = "task";
    public const string ConfigLabel = "config";
    public const string SideLabel = "side";
    public const string PhaseLabel = "phase";

    public const string LastSuccess = "bdsync_task_last_success_timestamp_seconds";
    public const string TaskInfo = "bdsync_task_info";
    public const string RunTimestamp = "bdsync_task_last_run_timestamp_seconds";
    public const string RunSuccess = "bdsync_task_last_run_success";
    public const string RunDuration = "bdsync_task_last_run_duration_seconds";
    public const string PhaseDuration = "bdsync_task_last_run_phase_duration_seconds";
    public const string SourceSize = "bdsync_task_last_run_source_size_bytes";
    public const string TargetSize = "bdsync_task_last_run_target_size_bytes";
    public const string Differing = "bdsync_task_last_run_differing_bytes";
    public const string PatchSize = "bdsync_task_last_run_patch_size_bytes";
    public const string Read = "bdsync_task_last_run_read_bytes";
    public const string Hashed = "bdsync_task_last_run_hashed_bytes";
    public const string Sent = "bdsync_task_last_run_sent_bytes";
    public const string Received = "bdsync_task_last_run_received_bytes";
    public const string Reconnections = "bdsync_task_last_run_reconnections";
    public const string SnapshotUsed = "bdsync_task_last_run_snapshot_used_ratio";
    public const string Incremental = "bdsync_task_last_run_incremental";
    public const string VerifyDiffering = "bdsync_task_last_run_verify_differing_bytes";
    public const string ExitStatus = "bdsync_run_last_exit_status";
    public const string LastRun = "bdsync_run_last_timestamp_seconds";
    public const string LastRunDuration = "bdsync_run_last_duration_seconds";

    /// <summary>All of them, in the order in which they are written.</summary>
    public static IReadOnlyList<MetricFamily> Families { get; } =
    [
        new(LastSuccess, "When the task succeeded last, in seconds since 1970; 0 for never."),
        new(TaskInfo, "Which task file the task is in; always 1."),
        new(RunTimestamp, "When the task's last run ended, in seconds since 1970."),
        new(RunSuccess, "Whether the task's last run succeeded: 1 or 0."),
        new(RunDuration, "How long the task's last run took."),
        new(PhaseDuration, "How long each phase of it took."),
        new(SourceSize, "The size of the source."),
        new(TargetSize, "The size of the target before it."),
        new(Differing, "How many bytes of the source were in blocks that differed."),
        new(PatchSize, "The size of the patch, compressed where it is."),
        new(Read, "How many bytes were read to compare, by side."),
        new(Hashed, "How many bytes were hashed to compare, by side."),
        new(Sent, "How many bytes were sent to the server to compare."),
        new(Received, "How many bytes came from the server to compare."),
        new(Reconnections, "How often a connection was tried to be opened again."),
        new(SnapshotUsed, "How full the source's snapshot was at most, of a thin one its pool: 0 to 1."),
        new(Incremental, "Whether only what has changed was compared: 1 or 0."),
        new(VerifyDiffering, "How many bytes differed after the patch was applied."),
        new(ExitStatus, "What the last run of a task file ended with."),
        new(LastRun, "When the last run of a task file ended, in seconds since 1970."),
        new(LastRunDuration, "How long the last run of a task file took."),
    ];
}
