using BdSync.Cli.Output;
using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Configuration;
using BdSync.Cli.Tasks.Reports;
using BdSync.Cli.Tasks.Running;
using BdSync.Cli.Tasks.Sources;
using BdSync.Cli.Tasks.Watching;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Commands;

/// <summary><c>bdsync run</c>: does the tasks of a task file.</summary>
internal static class RunCommand
{
    /// <summary>How long cleaning up after a signal may take: files on the other side, hooks.</summary>
    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(90);

    public static async Task<int> RunAsync(RunOptions options, Interruption interruption)
    {
        interruption.Grace = CleanUpLimit;
        var log = new RunLog(options.ProgramName, options.LogLevel, options.LogFormat, StandardError.WriteLine, TimeProvider.System);
        var logger = log.GetLogger(null);
        var recorder = new RunRecorder(options, logger, TimeProvider.System);
        try
        {
            recorder.Check();
            logger.ReadingConfiguration(options.ConfigurationPath);
            var file = TaskFileReader.Read(options.ConfigurationPath, [.. options.Settings.Select(SettingOverride.Parse)]);
            foreach (var warning in file.Warnings)
            {
                logger.ConfigurationWarning(warning);
            }

            var reports = recorder.Begin(file, Select(file, options.TaskNames, logger));
            return recorder.End((int)await RunAsync(file, reports, options, log, interruption.Token));
        }
        catch (ConfigurationException exception)
        {
            foreach (var line in exception.Message.Split('\n'))
            {
                logger.ConfigurationError(line);
            }

            return recorder.End((int)RunExitStatus.Configuration, exception.Message);
        }
        catch (Exception exception)
        {
            recorder.End((int)RunExitStatus.Fault, exception.Message);
            throw;
        }
    }

    private static async Task<RunExitStatus> RunAsync(TaskFile file, IReadOnlyList<TaskReport> planned, RunOptions options, RunLog log, CancellationToken cancellationToken)
    {
        var logger = log.GetLogger(null);
        if (planned.Count == 0)
        {
            logger.NothingToDo();
            return RunExitStatus.Success;
        }

        if (!options.DryRun && !HasLockFolder(logger))
        {
            return RunExitStatus.Requirement;
        }

        IReadOnlyList<TaskReport> reports = [];
        var status = RunExitStatus.TaskFailed;
        if (await RunHookAsync("run_first", file.RunHooks.Before, [], cancellationToken))
        {
            await using var sources = new RunSources([.. planned.Select(report => report.Task)], new(file.Tasks, options.Parallel), task => log.GetLogger(task.Name));
            await using var view = RunWatch.Show(options, planned, cancellationToken);
            reports = await RunSchedule.RunAsync(
                planned,
                options.Parallel,
                report => new TaskRun(report, sources, options.DryRun, log.GetLogger(report.Task.Name), TimeProvider.System).RunAsync(cancellationToken),
                cancellationToken);
            status = reports.Any(report => report.Outcome == TaskOutcome.Failed) ? RunExitStatus.TaskFailed : RunExitStatus.Success;
        }

        status = cancellationToken.IsCancellationRequested ? RunExitStatus.Cancelled : status;
        var isDone = await RunHookAsync("run_last", file.RunHooks.After, HookVariables.Describe(reports, status), CancellationToken.None, cancellationToken);
        return status == RunExitStatus.Success && !isDone ? RunExitStatus.TaskFailed : status;

        async Task<bool> RunHookAsync(string hook, string? command, IEnumerable<KeyValuePair<string, string>> variables, CancellationToken token, CancellationToken interruption = default)
        {
            try
            {
                await HookRunner.RunAsync(hook, options.DryRun ? null : command, file.RunHooks.TimeLimit, variables, logger, token, interruption);
                return true;
            }
            catch (TaskException exception)
            {
                logger.HookFailed(exception.Message);
                return false;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    private static bool HasLockFolder(ILogger logger)
    {
        try
        {
            LockFolder.Prepare();
            return true;
        }
        catch (TaskException exception)
        {
            logger.TaskFailed(exception.Message);
            return false;
        }
    }

    // In the order of the command line, as often as they are named there: so does bdsync-manager.
    private static IReadOnlyList<SyncTask> Select(TaskFile file, IReadOnlyList<string> names, ILogger logger)
    {
        if (names.Count == 0)
        {
            return file.Tasks;
        }

        List<SyncTask> selected = [];
        foreach (var name in names)
        {
            if (file.Tasks.FirstOrDefault(task => task.Name == name) is { } task)
            {
                selected.Add(task);
            }
            else
            {
                logger.SkippingUnknownTask(name);
            }
        }

        return selected;
    }
}
