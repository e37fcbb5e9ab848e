using BdSync.Cli.Tasks.Hosts;
using BdSync.Lvm;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Running;

/// <summary>Makes a target that is a logical volume fit its source. LVM rounds sizes up to extents: what a target has beyond the source stays as it is.</summary>
internal sealed class TargetVolume(SyncTask task, TargetVolumeSettings settings, TaskHost host, ILogger logger)
{
    /// <summary>How long somebody may have it open before it counts as in use: what was written to is looked at by udev.</summary>
    private static readonly TimeSpan OpenLimit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan OpenInterval = TimeSpan.FromMilliseconds(500);

    private readonly VolumeName name = VolumeName.TryParse(task.TargetPath)
        ?? throw new TaskException($"The target {task.TargetPath} is no path of a logical volume, such as /dev/VG/LV, and can't be made to fit. Nothing was done.");

    /// <summary>What LVM tells it by, once it is prepared; null where there is none.</summary>
    public string? Uuid { get; private set; }

    // What does not get to the other side must not count there.
    private bool IsForced => host is LocalHost ? task.Force : task.PatchArguments.Contains("--force");

    /// <summary>Creates it, or makes it larger, where that is needed and allowed.</summary>
    /// <param name="sourceLength">What has to have room in it, in bytes.</param>
    /// <param name="dryRun">Change nothing.</param>
    /// <param name="cancellationToken">Ends the work before something is changed.</param>
    /// <exception cref="TaskException">It would have to be changed in a way that is not allowed.</exception>
    /// <exception cref="LvmException">LVM fails, or there is not enough room.</exception>
    public async Task PrepareAsync(long sourceLength, bool dryRun, CancellationToken cancellationToken)
    {
        if (sourceLength == 0)
        {
            throw new TaskException($"The source {task.SourcePath} has no bytes, and no logical volume can have that size. Nothing was done.");
        }

        var group = await host.RunLvmAsync(LvmCommands.GetVolumeGroup(name.Group), cancellationToken);
        var volume = await host.RunLvmAsync(LvmCommands.FindVolume(name), cancellationToken);
        Uuid = volume?.Uuid;
        if (volume is null)
        {
            if (settings.Create && !dryRun)
            {
                logger.CreatingVolume(name.ToString(), new(group.RoundUp(sourceLength)));
                await host.RunLvmAsync(LvmCommands.CreateVolume(group, name.Name, sourceLength), cancellationToken);
                Uuid = (await host.RunLvmAsync(LvmCommands.FindVolume(name), cancellationToken))?.Uuid;
            }

            return;
        }

        if (volume.Length >= sourceLength)
        {
            return;
        }

        if (!settings.Resize)
        {
            throw new TaskException($"The target {name} has {volume.Length} bytes, the source {sourceLength} (while 'target_resize' is disabled). Nothing was done.");
        }

        if (dryRun)
        {
            throw new TaskException($"The target {name} has {volume.Length} bytes, the source {sourceLength}: it would be made larger first, which a dry run does not do.");
        }

        // Who uses it must not find it changed by a task that then refuses to write to it.
        if (host is LocalHost && Path.Exists(task.TargetPath))
        {
            TargetCheck.CheckLocal(task);
        }

        await CheckUnusedAsync(volume, "it can't be made larger. Nothing was done.", cancellationToken);
        await ResizeAsync(group, volume, sourceLength, cancellationToken);
    }

    /// <summary>Makes it smaller where it is larger than the source and that is allowed: call it when all has been applied.</summary>
    public async Task ShrinkAsync(long sourceLength, CancellationToken cancellationToken)
    {
        if (!settings.Shrink)
        {
            return;
        }

        var group = await host.RunLvmAsync(LvmCommands.GetVolumeGroup(name.Group), cancellationToken);
        var volume = await host.RunLvmAsync(LvmCommands.FindVolume(name), cancellationToken);
        if (volume is not null && group.RoundUp(sourceLength) < volume.Length)
        {
            await CheckUnusedAsync(volume, "it can't be made smaller. All has been applied, and the next run tries it again.", cancellationToken);
            await ResizeAsync(group, volume, sourceLength, cancellationToken);
        }
    }

    // An LVM that does not say it is believed to have nothing to say.
    private async Task CheckUnusedAsync(LogicalVolume volume, string outcome, CancellationToken cancellationToken)
    {
        var current = volume;
        for (var waited = TimeSpan.Zero; current?.IsOpen == true && !IsForced; waited += OpenInterval)
        {
            if (waited >= OpenLimit)
            {
                throw new TaskException($"The target {name} is in use on {host.Name}: it is mounted or open there, and {outcome}");
            }

            await Task.Delay(OpenInterval, cancellationToken);
            current = await host.RunLvmAsync(LvmCommands.FindVolume(name), cancellationToken);
        }
    }

    private async Task ResizeAsync(VolumeGroup group, LogicalVolume volume, long length, CancellationToken cancellationToken)
    {
        var version = await host.RunLvmAsync(LvmCommands.GetVersion(), cancellationToken);
        if (LvmCommands.TryResizeVolume(group, volume, length, version) is { } command)
        {
            logger.ResizingVolume(name.ToString(), new(volume.Length), new(group.RoundUp(length)));
            await host.RunLvmAsync(command, cancellationToken);
        }
    }
}
