using BdSync.Cli.CommandLine;
using BdSync.Cli.Output;
using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Configuration;
using BdSync.Cli.Tasks.Hosts;
using BdSync.Cli.Tasks.Running;
using BdSync.Cli.Tasks.Sources;
using BdSync.Protocol;
using BdSync.Protocol.Planning;

namespace BdSync.Cli.Verification;

/// <summary>Verifies a task's target against its source, as the task reaches them: live, or through a snapshot, under the lock that a run takes.</summary>
internal static class TaskVerification
{
    /// <summary>Compares them.</summary>
    /// <exception cref="BdSyncException">The task file is wrong, the task runs, a device can't be read, the peer is gone or late, or the patch can't be written.</exception>
    public static async Task<Verdict> RunAsync(VerifyOptions options, Action<Extent> onDifference, Stream? repair, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        var file = TaskFileReader.Read(options.ConfigurationPath, [.. options.Settings.Select(SettingOverride.Parse)]);
        var task = file.Tasks.FirstOrDefault(task => task.Name == options.TaskName)
            ?? throw new ConfigurationException($"There is no task {Finding.Quote(options.TaskName!)} in {options.ConfigurationPath}.");

        // What an incremental run has kept is of no use here, and left alone.
        task = task with { Progress = ProgressStyle.None, Lvm = task.Lvm is { } lvm ? lvm with { IsIncremental = false, Together = false } : null };
        var logger = new RunLog("bdsync", Verbosity.ToLogLevel(options.Comparison.Verbosity), LogFormat.Text, StandardError.WriteLine, TimeProvider.System).GetLogger(task.Name);
        LockFolder.Prepare();
        using var taskLock = TaskLock.Acquire(task);
        await using var peer = task.Connection is null ? null : new RemoteHost(task, logger);
        await using var sources = new RunSources([task], new(file.Tasks, parallel: 1), _ => logger);
        await using var source = await sources.OpenAsync(task, cancellationToken);
        var comparison = new TaskComparison(task, source, peer, progress ?? new JoinedProgress(), logger);
        var result = await comparison.CompareAsync(options.Sample, options.AnswerLimit, onDifference, repair, cancellationToken);
        var (sourceLength, targetLength) = task.IsPull ? (result.RemoteLength, result.LocalLength) : (result.LocalLength, result.RemoteLength);
        return new(task.SourcePath, task.TargetPath, sourceLength, targetLength, task.Client.BlockSize, result, options.Sample is not null)
        {
            AllowsSizes = task.Client.SizePolicy == SizePolicy.MinSize,
            IsLive = !source.IsFrozen,
        };
    }
}
