using BdSync.Cli.CommandLine;
using BdSync.Cli.Output;
using BdSync.Cli.Tasks.Hosts;
using BdSync.Cli.Tasks.Sources;
using BdSync.Protocol;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Planning;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Running;

/// <summary>Compares a task's source with its target, wherever they are. Each call is a comparison of its own, with a salt of its own.</summary>
/// <param name="task">The task.</param>
/// <param name="source">What is read for the source: the source itself, or its snapshot.</param>
/// <param name="peer">The other side; null where both are here.</param>
/// <param name="progress">Is told how far it has come.</param>
/// <param name="logger">Receives the log.</param>
/// <param name="incremental">Says what has to be compared; null for everything.</param>
internal sealed class TaskComparison(SyncTask task, TaskSource source, RemoteHost? peer, IProgress<SyncProgress> progress, ILogger logger, IncrementalRun? incremental = null)
{
    /// <summary>Whether both are here.</summary>
    public bool IsLocal => peer is null;

    // What the client has on its side: with a pull, the target.
    private string LocalPath => task.Direction == TaskDirection.Pull ? task.TargetPath : source.Path;

    /// <summary>Writes the patch that makes the target equal to the source.</summary>
    /// <exception cref="BdSyncException">A device can't be read, the sizes differ, the connection broke for good, or the patch can't be written.</exception>
    public Task<SyncResult> WritePatchAsync(Stream patch, CancellationToken cancellationToken) => source.ReadAsync(token => CompareAsync(patch, token), cancellationToken);

    /// <summary>Compares all, or a sample, without writing to either; always with a random salt. Sizes that differ are no error.</summary>
    /// <param name="sample">Which blocks; null for all.</param>
    /// <param name="answerLimit">How long the other side may take for an answer.</param>
    /// <param name="onDifference">Is told each extent that differs, in ascending order; null for nobody.</param>
    /// <param name="repair">Receives a patch that makes the target equal to the source; null for none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="BdSyncException">A device can't be read, the connection broke for good, or the patch can't be written.</exception>
    public Task<ComparisonResult> CompareAsync(BlockSample? sample, TimeSpan answerLimit, Action<Extent>? onDifference, Stream? repair, CancellationToken cancellationToken)
    {
        var options = task.Client with { FixedSalt = false, Checksum = null, Sample = sample, AnswerLimit = answerLimit };
        return source.ReadAsync(token => CompareAsync(options, onDifference, repair, token), cancellationToken);
    }

    /// <summary>Makes the target equal to the source without a patch; only where both are here.</summary>
    /// <exception cref="BdSyncException">A device can't be read or written, or the sizes differ.</exception>
    public Task<SyncResult> ApplyAsync(CancellationToken cancellationToken) => source.ReadAsync(CopyAsync, cancellationToken);

    /// <summary>Has to be called before the target is written to.</summary>
    /// <exception cref="BdSyncException">It must not be.</exception>
    public Task BeginWritingAsync(CancellationToken cancellationToken) => incremental?.DistrustAsync(cancellationToken) ?? Task.CompletedTask;

    private BdSyncClientOptions Options => task.Client with { Extents = incremental?.Extents };

    private async Task<SyncResult> CompareAsync(Stream patch, CancellationToken cancellationToken)
    {
        using var local = LocalDevice.Open(LocalPath, task.Direct);
        if (peer is null)
        {
            using var target = LocalDevice.Open(task.TargetPath, task.Direct);
            incremental?.CheckTarget(target.Length);
            return await new BdSyncLocal(Options, new CategoryLogger<BdSyncLocal>(logger)).WritePatchAsync(local, target, patch, CreateProgress(), cancellationToken);
        }

        var isPulled = task.Direction == TaskDirection.Pull;
        var client = new BdSyncClient(Options with { RemoteData = isPulled, Retries = task.Retries }, new CategoryLogger<BdSyncClient>(logger));
        var result = await client.WritePatchAsync(peer.CreateServerConnector(), local, isPulled ? task.SourcePath : task.TargetPath, patch, CreateProgress(), cancellationToken);
        incremental?.CheckTarget(isPulled ? result.LocalLength : result.RemoteLength);
        if (result.RemoteExitStatus != 0)
        {
            logger.RemoteStatusIgnored(result.RemoteExitStatus);
        }

        return result;
    }

    private async Task<ComparisonResult> CompareAsync(BdSyncClientOptions options, Action<Extent>? onDifference, Stream? repair, CancellationToken cancellationToken)
    {
        using var local = LocalDevice.Open(LocalPath, task.Direct);
        if (peer is null)
        {
            using var target = LocalDevice.Open(task.TargetPath, task.Direct);
            return await new BdSyncLocal(options, new CategoryLogger<BdSyncLocal>(logger)).CompareAsync(local, target, onDifference, repair, CreateProgress(), cancellationToken);
        }

        var client = new BdSyncClient(options with { RemoteData = task.IsPull, Retries = task.Retries }, new CategoryLogger<BdSyncClient>(logger));
        return await client.CompareAsync(peer.CreateServerConnector(), local, task.IsPull ? task.SourcePath : task.TargetPath, onDifference, repair, CreateProgress(), cancellationToken);
    }

    private async Task<SyncResult> CopyAsync(CancellationToken cancellationToken)
    {
        using var local = LocalDevice.Open(LocalPath, task.Direct);
        using var target = WritableLocalDevice.Open(task.TargetPath, task.Force, task.Direct);
        incremental?.CheckTarget(target.Length);
        return await new BdSyncLocal(Options, new CategoryLogger<BdSyncLocal>(logger)).ApplyAsync(local, target, CreateProgress(), cancellationToken);
    }

    // A view shows more than these lines, and they would end up in it.
    private IProgress<SyncProgress> CreateProgress()
    {
        var shown = incremental?.Extents is { } extents ? new ChangedProgress(progress, extents) : progress;
        return task.Progress == ProgressStyle.None || StandardError.View is not null ? shown : new JoinedProgress(shown, new ProgressPrinter(task.Progress, Console.Error, TimeProvider.System));
    }
}
