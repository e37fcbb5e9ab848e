using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BdSync.Lvm;

/// <summary>
/// A snapshot that is taken, read, and taken back: <c>await using</c> removes it on every way out. It is read-only and has tags that say whose it is; LVM must
/// confirm these, its name and its origin before it is removed. Not safe for several threads, but for <see cref="CheckAsync"/> and <see cref="WatchAsync"/>.
/// </summary>
public sealed class Snapshot : IAsyncDisposable
{
    private readonly LvmTool tool;
    private readonly SnapshotOptions options;
    private readonly ILogger logger;
    private readonly FillWarning warning;
    private readonly HighestPercent highest = new();
    private bool isRemoved;

    private Snapshot(LvmTool tool, LogicalVolume origin, LogicalVolume volume, SnapshotOptions options, ILogger logger)
    {
        this.tool = tool;
        this.options = options;
        this.logger = logger;
        warning = new(options.WarnPercent);
        Origin = origin;
        Volume = volume;
    }

    /// <summary>What it is a snapshot of.</summary>
    public LogicalVolume Origin { get; }

    /// <summary>The snapshot, as it was when it was taken.</summary>
    public LogicalVolume Volume { get; }

    /// <summary>The device to read: <c>/dev/VG/NAME</c>, as long as the origin.</summary>
    public string Path => Volume.Path;

    /// <summary>
    /// How full it was at most when <see cref="CheckAsync"/> looked: its room for changes, of a thin one its pool's data or metadata; 0 to 100, and null where nobody has looked or LVM doesn't
    /// say. Safe for several threads.
    /// </summary>
    public double? HighestUsedPercent => highest.Value;

    /// <summary>Takes a snapshot. One of the same name, owner and origin that a killed run has left is removed first.</summary>
    /// <param name="tool">LVM.</param>
    /// <param name="origin">Of what.</param>
    /// <param name="options">Its name, size and owner.</param>
    /// <param name="logger">Receives what is done, and warnings while the snapshot fills.</param>
    /// <param name="cancellationToken">Ends the work; a snapshot that has been taken by then is removed.</param>
    /// <returns>The snapshot, which must be disposed of.</returns>
    /// <exception cref="LvmException">There is another volume of that name, the options don't fit the origin, or LVM fails. There is no snapshot then.</exception>
    public static async Task<Snapshot> CreateAsync(LvmTool tool, LogicalVolume origin, SnapshotOptions options, ILogger? logger = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tool);
        ArgumentNullException.ThrowIfNull(origin);
        var command = LvmCommands.CreateSnapshot(origin, options);
        var name = new VolumeName(origin.FullName.Group, options.Name);
        var log = logger ?? NullLogger.Instance;
        if (await tool.RunAsync(LvmCommands.FindVolume(name), cancellationToken).ConfigureAwait(false) is { } present)
        {
            if (!IsOurs(present, origin, options))
            {
                throw new LvmException($"There is a volume {name} already, and it is no snapshot of {origin.FullName} that a run for the same owner has left: it is not touched.");
            }

            log.LeftOver(name, origin.FullName.ToString());
            await new Snapshot(tool, origin, present, options, log).RemoveAsync(cancellationToken).ConfigureAwait(false);
        }

        log.CreatingSnapshot(name);
        var snapshot = new Snapshot(tool, origin, new(name, origin.Length, LogicalVolumeKind.Snapshot), options, log);
        try
        {
            await tool.RunAsync(command, cancellationToken).ConfigureAwait(false);
            snapshot = new(tool, origin, await snapshot.ConfirmAsync().ConfigureAwait(false), options, log);
            if (!snapshot.Volume.IsActive)
            {
                await tool.RunAsync(LvmCommands.ActivateVolume(name), CancellationToken.None).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            return snapshot;
        }
        catch
        {
            // A command that failed, or took too long, may have made it all the same.
            if (await snapshot.IsThereAsync().ConfigureAwait(false))
            {
                await snapshot.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    /// <summary>Finds a snapshot that was kept (<see cref="KeepAsync"/>). It is not disposed of unless it is to go.</summary>
    /// <param name="tool">LVM.</param>
    /// <param name="origin">Of what.</param>
    /// <param name="options">Its name and owner.</param>
    /// <param name="logger">Receives what is done.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="LvmException">There is another volume of that name, or LVM fails.</exception>
    public static async Task<Snapshot?> FindAsync(LvmTool tool, LogicalVolume origin, SnapshotOptions options, ILogger? logger = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tool);
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentNullException.ThrowIfNull(options);
        var name = new VolumeName(origin.FullName.Group, options.Name);
        return await tool.RunAsync(LvmCommands.FindVolume(name), cancellationToken).ConfigureAwait(false) is not { } present ? null
            : IsOurs(present, origin, options) ? new(tool, origin, present, options, logger ?? NullLogger.Instance)
            : throw new LvmException($"There is a volume {name} already, and it is no snapshot of {origin.FullName} that was kept for the same owner: it is not touched.");
    }

    /// <summary>Removes the snapshots of an owner whose origin is gone, as far as LVM lets one be without: thin ones. They are of no use to anybody.</summary>
    /// <param name="tool">LVM.</param>
    /// <param name="volumeGroup">The group's name.</param>
    /// <param name="owner">Whose: <see cref="SnapshotOptions.Owner"/>.</param>
    /// <param name="logger">Receives what is done.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="LvmException">LVM fails.</exception>
    public static async Task RemoveOrphansAsync(LvmTool tool, string volumeGroup, string owner, ILogger? logger = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tool);
        var tags = new SnapshotOptions { Owner = owner }.Tags;
        var volumes = await tool.RunAsync(LvmCommands.ListVolumes(volumeGroup), cancellationToken).ConfigureAwait(false);
        foreach (var volume in volumes.Where(volume => volume is { ThinDeviceId: not null, Origin: null, IsReadOnly: true } && tags.All(volume.Tags.Contains)))
        {
            (logger ?? NullLogger.Instance).RemovingOrphan(volume.FullName);
            await tool.RunAsync(LvmCommands.RemoveVolume(volume.FullName), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps it under another name: it is not removed any more. A thin one becomes inactive; a thick one stays active, as its origin is, and fills on. Where this fails, it is not kept.</summary>
    /// <param name="name">The name, which must not be taken.</param>
    /// <param name="tag">A tag that it gets before.</param>
    /// <param name="cancellationToken">Keeps this from beginning; what has begun comes to its end.</param>
    /// <exception cref="LvmException">LVM fails.</exception>
    public async Task KeepAsync(string name, string tag, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        logger.KeepingSnapshot(Volume.FullName, name);
        await ConfirmAsync().ConfigureAwait(false);
        await tool.RunAsync(LvmCommands.AddTag(Volume.FullName, tag), CancellationToken.None).ConfigureAwait(false);
        if (Volume.ThinDeviceId is not null)
        {
            await tool.RunAsync(LvmCommands.DeactivateVolume(Volume.FullName), CancellationToken.None).ConfigureAwait(false);
        }

        await tool.RunAsync(LvmCommands.RenameVolume(Volume.FullName, name), CancellationToken.None).ConfigureAwait(false);
        isRemoved = true;
    }

    /// <summary>Fails where what has been read can't be trusted. Call it after the last read, too: only then is all of it known to be good.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="LvmException">The snapshot has overflowed, is broken, inactive or gone; or LVM fails.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken = default)
    {
        var volumes = await tool.RunAsync(LvmCommands.ListVolumes(Volume.FullName.Group), cancellationToken).ConfigureAwait(false);
        var current = volumes.SingleOrDefault(volume => volume.FullName == Volume.FullName);
        var pool = current?.Pool is null ? null : volumes.SingleOrDefault(volume => volume.FullName.Name == current.Pool && volume.FullName.Group == Volume.FullName.Group);
        highest.Add(pool is null ? current?.UsedPercent : Math.Max(pool.UsedPercent ?? 0, pool.MetadataPercent ?? 0));
        if (FindFault(current, pool) is { } fault)
        {
            throw new LvmException($"The LVM snapshot {Volume.FullName} {fault}: what was read from it can't be trusted.");
        }

        if (current!.UsedPercent is { } percent && warning.IsDue(percent))
        {
            logger.SnapshotFilling(Volume.FullName, percent);
        }

        if (pool is not null && Math.Max(pool.UsedPercent ?? 0, pool.MetadataPercent ?? 0) is var poolPercent && warning.IsDue(poolPercent))
        {
            logger.PoolFilling(pool.FullName, Volume.FullName, poolPercent);
        }
    }

    /// <summary>Checks again and again, until it fails or is cancelled: beside the work that reads the snapshot.</summary>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="LvmException">As with <see cref="CheckAsync"/>.</exception>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await CheckAsync(cancellationToken).ConfigureAwait(false);
            await Task.Delay(options.CheckInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes it, once: a snapshot that has been removed is left alone.</summary>
    /// <param name="cancellationToken">Ends the waiting for others that have it open, not the removal.</param>
    /// <exception cref="LvmException">LVM does not confirm that this is the snapshot, which is left alone then; it stays in use; or LVM fails.</exception>
    public async Task RemoveAsync(CancellationToken cancellationToken = default)
    {
        if (isRemoved)
        {
            return;
        }

        logger.RemovingSnapshot(Volume.FullName);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            await ConfirmAsync().ConfigureAwait(false);
            try
            {
                await tool.RunAsync(LvmCommands.RemoveVolume(Volume.FullName), CancellationToken.None).ConfigureAwait(false);
                isRemoved = true;
                return;
            }
            catch (LvmException exception) when (IsBusy(exception) && Stopwatch.GetElapsedTime(started) < options.RemovalLimit)
            {
                logger.SnapshotBusy(Volume.FullName, Math.Round((options.RemovalLimit - Stopwatch.GetElapsedTime(started)).TotalSeconds));
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Removes it unless that has been done. Where that fails, the log says so at level error, so that the error which ends the work is not lost.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await RemoveAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (LvmException exception)
        {
            logger.RemovalFailed(exception.Message);
        }
    }

    private async Task<bool> IsThereAsync()
    {
        try
        {
            return await tool.RunAsync(LvmCommands.FindVolume(Volume.FullName), CancellationToken.None).ConfigureAwait(false) is not null;
        }
        catch (LvmException exception)
        {
            logger.RemovalFailed($"Whether there is an LVM snapshot {Volume.FullName} now can't be found out. {exception.Message}");
            return false;
        }
    }

    private async Task<LogicalVolume> ConfirmAsync()
    {
        var current = await tool.RunAsync(LvmCommands.FindVolume(Volume.FullName), CancellationToken.None).ConfigureAwait(false);
        return current is not null && IsOurs(current, Origin, options) && (Volume.Uuid.Length == 0 || current.Uuid == Volume.Uuid)
            ? current
            : throw new LvmException(
                $"Refusing to remove LVM snapshot due to its unclear state: {Volume.FullName} {(current is null ? "is gone" : $"is not the snapshot of {Origin.FullName} that was taken")}.");
    }

    private static bool IsOurs(LogicalVolume volume, LogicalVolume origin, SnapshotOptions options) =>
        volume.Kind is LogicalVolumeKind.Snapshot or LogicalVolumeKind.ThinSnapshot
        && volume.Origin == origin.FullName.Name
        && !volume.IsMerging
        && options.Tags.All(volume.Tags.Contains);

    private static bool IsBusy(LvmException exception) =>
        exception.ErrorText.Contains("in use", StringComparison.OrdinalIgnoreCase) || exception.ErrorText.Contains("busy", StringComparison.OrdinalIgnoreCase);

    private string? FindFault(LogicalVolume? current, LogicalVolume? pool) => current switch
    {
        null => "is gone",
        _ when Volume.Uuid.Length > 0 && current.Uuid != Volume.Uuid => "has been replaced by another volume",
        { IsInvalid: true } => $"has become invalid because it overflowed ({Volume.Length} bytes of room for changes are not enough)",
        { IsMerging: true } => "is being merged into its origin",
        { Health.Length: > 0 } => $"is broken, LVM says '{current.Health}'",
        { IsActive: false } => "is not active any more",
        _ when pool?.Health is "failed" or "metadata_read_only" => $"lies in a thin pool that is broken, LVM says '{pool.Health}'",
        _ => null,
    };
}
