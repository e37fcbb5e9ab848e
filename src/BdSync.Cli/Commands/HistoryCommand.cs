using System.Text.Json;
using BdSync.Cli.Output;
using BdSync.Cli.Tasks.Reports.History;
using BdSync.Cli.Tasks.Reports.Records;
using BdSync.Protocol;

namespace BdSync.Cli.Commands;

/// <summary><c>bdsync history</c>: shows what past runs did.</summary>
internal static class HistoryCommand
{
    /// <summary>Shows it on standard output; what can't be read on standard error.</summary>
    /// <param name="folder">The folder that has the runs; null where there is none.</param>
    /// <param name="task">The only task to show; null for all.</param>
    /// <param name="count">How many runs to show at most.</param>
    /// <param name="isJson">Show the reports themselves.</param>
    /// <returns>The exit status.</returns>
    /// <exception cref="BdSyncException">The folder can't be read.</exception>
    public static int Run(string? folder, string? task, int count, bool isJson)
    {
        if (string.IsNullOrEmpty(folder))
        {
            throw new BdSyncException(BdSyncExitStatus.Parameters, "Where the history is can't be told: neither XDG_STATE_HOME nor HOME is set. --state names the folder.");
        }

        var runs = Read(folder, task, count);
        if (isJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(runs, RecordJson.Indented.IReadOnlyListRunRecord));
            return (int)BdSyncExitStatus.Success;
        }

        if (runs.Count == 0)
        {
            StandardError.WriteLine(task is null ? $"There is no run in {folder}." : $"There is no run of the task {task} in {folder}.");
            return (int)BdSyncExitStatus.Success;
        }

        foreach (var line in HistoryTable.Write(runs, TimeZoneInfo.Local, TerminalSize.GetWidth(TerminalSize.Output), TextEncoding.IsUtf8(Environment.GetEnvironmentVariable)))
        {
            Console.Out.WriteLine(line);
        }

        return (int)BdSyncExitStatus.Success;
    }

    // The oldest first.
    private static IReadOnlyList<RunRecord> Read(string folder, string? task, int count)
    {
        try
        {
            return [.. new StateFolder(folder).Read(StandardError.WriteLine).Select(run => run with { Tasks = [.. run.Tasks.Where(record => task is null || record.Name == task)] })
                .Where(run => run.Tasks.Count > 0).Take(count).Reverse()];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BdSyncException(BdSyncExitStatus.Read, $"The history can't be read: {exception.Message}", exception);
        }
    }
}
