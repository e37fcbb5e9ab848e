using System.Text.Json;
using BdSync.Cli.CommandLine;
using BdSync.Cli.Files;
using BdSync.Cli.Output;
using BdSync.Cli.Tasks.Reports.History;
using BdSync.Cli.Tasks.Reports.Metrics;
using BdSync.Cli.Tasks.Reports.Records;
using BdSync.Cli.Tasks.Running;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Reports;

/// <summary>Writes down what a run did when it is over: the report, metrics, the history, and the summary. For one thread.</summary>
/// <param name="options">Where to.</param>
/// <param name="logger">Receives what can't be written.</param>
/// <param name="time">Tells the time.</param>
internal sealed class RunRecorder(RunOptions options, ILogger logger, TimeProvider time)
{
    private readonly DateTimeOffset start = time.GetUtcNow();
    private readonly long startTimestamp = time.GetTimestamp();
    private IReadOnlyList<TaskReport> reports = [];
    private IReadOnlySet<string>? configured;
    private bool isChecked;

    /// <summary>Finds out whether what was asked for can be written; before anything is done.</summary>
    /// <exception cref="ConfigurationException">It can't. Nothing is written then.</exception>
    public void Check()
    {
        if (options is { DryRun: true, MetricsPath: not null })
        {
            throw new ConfigurationException("--metrics can't be given with --dry-run, which is no run that could succeed.");
        }

        if (options.ReportPath is { } report && options.MetricsPath is { } metrics && CanonicalPath.Get(report) == CanonicalPath.Get(metrics))
        {
            throw new ConfigurationException($"--report and --metrics can't both be {report}.");
        }

        Check("--report", options.ReportPath);
        Check("--metrics", options.MetricsPath);
        isChecked = true;
    }

    /// <summary>The tasks are known.</summary>
    /// <param name="file">The task file.</param>
    /// <param name="tasks">Those of its tasks that are to be run, in their order.</param>
    /// <returns>What they are to report to.</returns>
    public IReadOnlyList<TaskReport> Begin(TaskFile file, IReadOnlyList<SyncTask> tasks)
    {
        configured = file.Tasks.Where(task => !task.IsDisabled).Select(task => task.Name).ToHashSet(StringComparer.Ordinal);
        reports = [.. tasks.Select(task => new TaskReport(task, time))];
        return reports;
    }

    /// <summary>The run is over: writes everything.</summary>
    /// <param name="status">What the program ends with.</param>
    /// <param name="error">Why no task could be run; null where the tasks say.</param>
    /// <returns>What the program ends with, also where something that was asked for could not be written.</returns>
    public int End(int status, string? error = null)
    {
        if (!isChecked)
        {
            return status;
        }

        var state = options.StateFolder is { } folder ? new StateFolder(folder) : null;
        var run = Describe(status, error);
        var isWritten = options.MetricsPath is not { } metrics || TryWrite("metrics file", metrics, () => WriteMetrics(metrics, run, state));
        run = run with { ExitStatus = GetStatus(status, isWritten) };
        isWritten &= options.ReportPath is not { } report || TryWrite("report", report, () => AtomicFile.Write(report, [.. JsonSerializer.SerializeToUtf8Bytes(run, RecordJson.Indented.RunRecord), (byte)'\n']));
        run = run with { ExitStatus = GetStatus(status, isWritten) };
        if (state is not null && !options.DryRun && reports.Count > 0)
        {
            AddToHistory(state, run);
        }

        if (options.ShowsSummary && reports.Count > 0)
        {
            SummaryTable.Write(run, TerminalSize.GetWidth(TerminalSize.Error)).ToList().ForEach(StandardError.WriteLine);
        }

        return run.ExitStatus;
    }

    private static void Check(string option, string? path)
    {
        try
        {
            if (path is not null)
            {
                AtomicFile.Check(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ConfigurationException($"{option} {path} can't be written: {exception.Message} Nothing was done.", exception);
        }
    }

    private static int GetStatus(int status, bool isWritten) => status == (int)RunExitStatus.Success && !isWritten ? (int)RunExitStatus.TaskFailed : status;

    private RunRecord Describe(int status, string? error) => new()
    {
        Version = RunRecord.CurrentVersion,
        ProgramVersion = Usage.VersionNumber,
        Host = Environment.MachineName,
        Config = CanonicalPath.Get(options.ConfigurationPath),
        Start = start,
        End = time.GetUtcNow(),
        Seconds = RecordBuilder.Round(time.GetElapsedTime(startTimestamp).TotalSeconds),
        DryRun = options.DryRun,
        ExitStatus = status,
        Error = error,
        Tasks = [.. reports.Select(RecordBuilder.Describe)],
    };

    private bool TryWrite(string what, string path, Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TaskException)
        {
            logger.NotWritten(what, path, exception.Message);
            return false;
        }
    }

    private void WriteMetrics(string path, RunRecord run, StateFolder? state)
    {
        // Where all went well nobody asks.
        var successes = new Lazy<Dictionary<string, DateTimeOffset?>>(() => FindLastSuccesses(state));
        var dropped = new MetricsFile(path).Update(run, configured, name => successes.Value.GetValueOrDefault(name));
        if (dropped > 0)
        {
            logger.LinesDropped(dropped, path);
        }
    }

    private Dictionary<string, DateTimeOffset?> FindLastSuccesses(StateFolder? state)
    {
        var found = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        try
        {
            foreach (var task in (state?.Read(logger.HistoryNotRead) ?? []).SelectMany(run => run.Tasks).Where(task => task.Result == TaskResult.Success))
            {
                found.TryAdd(task.Name, task.End);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.HistoryNotRead(exception.Message);
        }

        return found;
    }

    private void AddToHistory(StateFolder state, RunRecord run)
    {
        try
        {
            state.Add(run);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.HistoryNotWritten(state.Path, exception.Message);
        }
    }
}
