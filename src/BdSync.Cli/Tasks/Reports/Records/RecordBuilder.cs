using System.Text;
using System.Text.Json;
using BdSync.Cli.Tasks.Running;

namespace BdSync.Cli.Tasks.Reports.Records;

/// <summary>Makes records of what tasks have reported.</summary>
internal static class RecordBuilder
{
    /// <summary>Makes the record of a task as it is now.</summary>
    public static TaskRecord Describe(TaskReport report)
    {
        var task = report.Task;
        var phases = report.Phases.Ended.Where(phase => phase.Value > TimeSpan.Zero).OrderBy(phase => phase.Key).ToList();
        var isRun = report.Phases.Current.Phase != TaskPhase.Waiting;
        return new()
        {
            Name = task.Name,
            Source = task.SourcePath,
            Target = task.TargetPath,
            Connection = task.Connection?.Text,
            Result = isRun ? ToResult(report.Outcome) : TaskResult.NotRun,
            Error = Repair(report.Error),
            Start = isRun ? report.Started : null,
            End = report.Ended,
            Seconds = Round(phases.Where(phase => phase.Key != TaskPhase.Waiting).Sum(phase => phase.Value.TotalSeconds)),
            Phases = phases.ToDictionary(phase => JsonNamingPolicy.SnakeCaseLower.ConvertName(phase.Key.ToString()), phase => Round(phase.Value.TotalSeconds)),
            InPlace = task.ApplyInPlace,
            SourceBytes = report.SourceLength,
            TargetBytes = report.TargetLength,
            DifferingBytes = report.DifferingBytes,
            PatchBytes = report.PatchLength,
            Costs = CostRecord.From(report.Costs.Total),
            Reconnections = (report.Costs.Total?.Reconnections ?? 0) + (report.VerificationCosts.Total?.Reconnections ?? 0) + (report.AuditCosts.Total?.Reconnections ?? 0) + (report.Retry?.Attempts ?? 0),
            Snapshot = report.Snapshot is { } snapshot ? new() { Name = snapshot.Volume.FullName.ToString(), HighestUsedPercent = snapshot.HighestUsedPercent } : null,
            Incremental = report.Incremental is { } incremental
                ? new() { Used = incremental.Extents is not null, ChangedBytes = incremental.ChangedBytes, Remarks = incremental.Remarks is "" ? null : Repair(incremental.Remarks) }
                : null,
            Verify = CostRecord.From(report.VerificationCosts.Total) is { } costs ? new() { DifferingBytes = report.BytesDifferingAfterwards, Costs = costs } : null,
            Audit = CostRecord.From(report.AuditCosts.Total) is { } auditCosts
                ? new() { CheckedBlocks = report.Audit?.ComparedBlocks, TotalBlocks = report.Audit?.TotalBlocks, DifferingBlocks = report.Audit?.DifferingBlocks, Costs = auditCosts }
                : null,
        };
    }

    /// <summary>A duration in seconds, with milliseconds.</summary>
    public static double Round(double seconds) => Math.Round(seconds, 3);

    private static TaskResult ToResult(TaskOutcome outcome) => outcome switch
    {
        TaskOutcome.Succeeded => TaskResult.Success,
        TaskOutcome.Cancelled => TaskResult.Cancelled,
        TaskOutcome.Disabled => TaskResult.Disabled,
        _ => TaskResult.Failure,
    };

    // A message that was cut may end with half a character, which JSON can't have.
    private static string? Repair(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
