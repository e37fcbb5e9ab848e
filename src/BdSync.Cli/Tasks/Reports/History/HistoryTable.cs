using System.Globalization;
using BdSync.Cli.Output;
using BdSync.Cli.Tasks.Reports.Records;

namespace BdSync.Cli.Tasks.Reports.History;

/// <summary>Past runs as a table, and each task's as bars over time.</summary>
internal static class HistoryTable
{
    /// <summary>How many runs bars show where the width doesn't bound them.</summary>
    private const int MaxBars = 60;

    /// <summary>What bars have beside them: the task's name, what they show, the least and the most.</summary>
    private const int BesideBars = 48;

    private const int MinBars = 8;

    /// <summary>Writes the table, an empty line, and the bars.</summary>
    /// <param name="runs">The runs, the oldest first.</param>
    /// <param name="zone">The time zone for people.</param>
    /// <param name="width">How many cells a line may take; null for any number.</param>
    /// <param name="isUtf8">Whether more than ASCII may be shown.</param>
    /// <returns>The lines.</returns>
    public static IEnumerable<string> Write(IReadOnlyList<RunRecord> runs, TimeZoneInfo zone, int? width, bool isUtf8)
    {
        var entries = runs.SelectMany(run => run.Tasks.Select(task => (Run: run, Task: task))).Where(entry => entry.Task.Result is not (TaskResult.Disabled or TaskResult.NotRun)).ToList();
        return WriteRuns(entries, zone, width).Append("").Concat(WriteBars(entries.ToLookup(entry => entry.Task.Name, entry => entry.Task), width, isUtf8));
    }

    private static IEnumerable<string> WriteRuns(IEnumerable<(RunRecord Run, TaskRecord Task)> entries, TimeZoneInfo zone, int? width)
    {
        const int sourceSize = 1, transferred = 2, patchSize = 3, differing = 4, time = 5;
        var table = new TextTable([
            new("Start", IsNumber: false), new("Task", IsNumber: false), new("Result", IsNumber: false), new("Source", sourceSize), new("Differs", differing), new("Patch", patchSize), new("Sent+recv", transferred),
            new("Time", time)]);
        foreach (var (run, task) in entries)
        {
            table.Add(
                TimeZoneInfo.ConvertTime(task.Start ?? run.Start, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), task.Name, TaskResultText.Get(task.Result),
                TaskResultText.GetSize(task.SourceBytes), TaskResultText.GetSize(task.DifferingBytes), TaskResultText.GetSize(task.PatchBytes),
                TaskResultText.GetSize(task.Costs?.SentBytes + task.Costs?.ReceivedBytes), new ShortTime(task.Seconds).ToString());
        }

        return table.Write(width);
    }

    private static IEnumerable<string> WriteBars(ILookup<string, TaskRecord> tasks, int? width, bool isUtf8)
    {
        const int least = 1, most = 2;
        var count = width is { } cells ? Math.Clamp(cells - BesideBars, MinBars, MaxBars) : MaxBars;
        var table = new TextTable([new("Task", IsNumber: false), new("Shows", IsNumber: false), new("Runs", IsNumber: false), new("Least", least), new("Most", most)]);
        foreach (var task in tasks)
        {
            var shown = task.TakeLast(count).ToList();
            Add(task.Key, "time", shown, record => record.Seconds, value => new ShortTime(value).ToString());
            Add("", "differs", shown, record => record.DifferingBytes, value => new DataSize((long)value).ToString());
        }

        return table.Write(width);

        void Add(string name, string what, List<TaskRecord> shown, Func<TaskRecord, double?> get, Func<double, string> format)
        {
            var values = shown.Select(record => record.Result == TaskResult.Success ? get(record) : null).ToList();
            table.Add(name, what, Sparkline.Write(values, isUtf8), values.Min() is { } low ? format(low) : "-", values.Max() is { } high ? format(high) : "-");
        }
    }
}
