using BdSync.Cli.Output;
using BdSync.Cli.Tasks.Reports.Records;

namespace BdSync.Cli.Tasks.Reports;

/// <summary>What a run did, as a table for a terminal.</summary>
internal static class SummaryTable
{
    /// <summary>Makes the table.</summary>
    /// <param name="run">The run.</param>
    /// <param name="width">How many cells a line may take; null for any number.</param>
    /// <returns>Its lines.</returns>
    public static IEnumerable<string> Write(RunRecord run, int? width)
    {
        const int targetSize = 1, sourceSize = 2, patchSize = 3, differing = 4, time = 5;
        var table = new TextTable([
            new("Task", IsNumber: false), new("Result", IsNumber: false), new("Source", sourceSize), new("Target", targetSize), new("Differs", differing), new("Patch", patchSize), new("Time", time)]);
        foreach (var task in run.Tasks)
        {
            var isRun = task.Start is not null && task.Result != TaskResult.Disabled;
            table.Add(
                task.Name, TaskResultText.Get(task.Result), TaskResultText.GetSize(task.SourceBytes), TaskResultText.GetSize(task.TargetBytes), TaskResultText.GetSize(task.DifferingBytes),
                TaskResultText.GetSize(task.PatchBytes), isRun ? new ShortTime(task.Seconds).ToString() : "-");
        }

        table.AddRule();
        table.Add(
            $"Total: {run.Tasks.Count}", Count(run.Tasks), Sum(task => task.SourceBytes), Sum(task => task.TargetBytes), Sum(task => task.DifferingBytes), Sum(task => task.PatchBytes), new ShortTime(run.Seconds).ToString());
        return table.Write(width);

        string Sum(Func<TaskRecord, long?> get) => TaskResultText.GetSize(run.Tasks.Any(task => get(task) is not null) ? run.Tasks.Sum(task => get(task) ?? 0) : null);
    }

    // Of those that were to be run.
    private static string Count(IReadOnlyList<TaskRecord> tasks) =>
        $"{tasks.Count(task => task.Result == TaskResult.Success)} of {tasks.Count(task => task.Result != TaskResult.Disabled)} {TaskResultText.Get(TaskResult.Success)}";
}
