using System.Globalization;

namespace BdSync.Cli.Tasks.Running;

/// <summary>The environment variables that tell shell commands what happened. docs/tasks.md lists them.</summary>
internal static class HookVariables
{
    /// <summary>Those of a task: what isn't known yet is left out.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Describe(TaskReport report, bool hasEnded)
    {
        var task = report.Task;
        yield return new("BDSYNC_TASK", task.Name);
        yield return new("BDSYNC_SOURCE", task.SourcePath);
        yield return new("BDSYNC_TARGET", task.TargetPath);
        yield return new("BDSYNC_CONNECTION", task.Connection?.Text ?? "");
        yield return new("BDSYNC_STARTED", report.Started.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in new[]
        {
            ("BDSYNC_SOURCE_SIZE", report.SourceLength), ("BDSYNC_TARGET_SIZE", report.TargetLength), ("BDSYNC_DIFFERING_BYTES", report.DifferingBytes),
            ("BDSYNC_PATCH_SIZE", report.PatchLength),
        })
        {
            if (value is { } number)
            {
                yield return new(name, number.ToString(CultureInfo.InvariantCulture));
            }
        }

        if (hasEnded)
        {
            yield return new("BDSYNC_RESULT", GetName(report.Outcome));
            yield return new("BDSYNC_ERROR", report.Error ?? "");
            yield return new("BDSYNC_SECONDS", Format(report.Elapsed));
            yield return new("BDSYNC_GENERATE_SECONDS", Format(report.GenerateTime));
            yield return new("BDSYNC_APPLY_SECONDS", Format(report.ApplyTime));
        }
    }

    /// <summary>Those of a run that has ended.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Describe(IReadOnlyList<TaskReport> reports, RunExitStatus status)
    {
        yield return new("BDSYNC_RESULT", status switch { RunExitStatus.Success => "success", RunExitStatus.Cancelled => "cancelled", _ => "failure" });
        yield return new("BDSYNC_EXIT_STATUS", ((int)status).ToString(CultureInfo.InvariantCulture));
        foreach (var (name, outcome) in new[] { ("BDSYNC_SUCCEEDED", TaskOutcome.Succeeded), ("BDSYNC_FAILED", TaskOutcome.Failed), ("BDSYNC_CANCELLED", TaskOutcome.Cancelled) })
        {
            yield return new(name, string.Join('\n', reports.Where(report => report.Outcome == outcome).Select(report => report.Task.Name)));
        }
    }

    private static string GetName(TaskOutcome outcome) => outcome switch
    {
        TaskOutcome.Succeeded => "success",
        TaskOutcome.Cancelled => "cancelled",
        _ => "failure",
    };

    private static string Format(TimeSpan time) => time.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture);
}
