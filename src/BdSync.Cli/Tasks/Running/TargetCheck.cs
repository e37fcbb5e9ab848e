using BdSync.Cli.Files;
using BdSync.Cli.Tasks.Hosts;
using BdSync.Protocol.Devices;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Running;

/// <summary>What has to hold of a target before anything is done to it.</summary>
internal static class TargetCheck
{
    /// <summary>Makes sure that the target is there and may be written to.</summary>
    /// <param name="task">The task.</param>
    /// <param name="host">Where the target is.</param>
    /// <param name="dryRun">Whether nothing may be created.</param>
    /// <param name="logger">Receives the log.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether it is there; false only for a dry run that would create it.</returns>
    /// <exception cref="TaskException">It is not there, or it is the source.</exception>
    /// <exception cref="BdSync.Protocol.DeviceException">It is in use, or can't be written.</exception>
    public static async Task<bool> PrepareAsync(SyncTask task, TaskHost host, bool dryRun, ILogger logger, CancellationToken cancellationToken)
    {
        logger.TestingTarget(task.TargetPath, host.Name);
        var exists = await host.ExistsAsync(task.TargetPath, cancellationToken);
        if (!exists && !task.CreateTarget)
        {
            throw new TaskException($"The target {task.TargetPath} does not exist on {host.Name} (while 'create_target_if_missing' is disabled). Nothing was done.");
        }

        if (!exists && DeviceFolder.IsForDevices(task.TargetPath))
        {
            throw new TaskException($"The target {task.TargetPath} does not exist on {host.Name}, and a file in {DeviceFolder.Path} would be no device, but fill the memory. Nothing was done.");
        }

        if (!exists && dryRun)
        {
            return false;
        }

        if (!exists)
        {
            logger.CreatingTarget(task.TargetPath);
            await host.CreateFileAsync(task.TargetPath, cancellationToken);
        }

        if (host is LocalHost)
        {
            CheckLocal(task);
        }

        return true;
    }

    /// <summary>Fails where a target of this machine, which is there, must not be written to.</summary>
    /// <exception cref="TaskException">It is the source, or attached to a loop device.</exception>
    /// <exception cref="BdSync.Protocol.DeviceException">It is in use, or can't be written.</exception>
    public static void CheckLocal(SyncTask task)
    {
        if (task.Connection is null && IsSource(task))
        {
            throw new TaskException($"The source {task.SourcePath} and the target {task.TargetPath} are the same device. Nothing was done.");
        }

        // A block device that is mounted, or held otherwise, is refused here already, not when all has been compared.
        using var target = WritableLocalDevice.Open(task.TargetPath, task.Force);
        if (!task.Force && LoopDevices.FindAttachedTo(task.TargetPath) is { } loopDevice)
        {
            throw new TaskException($"The target {task.TargetPath} is in use: it is attached to {loopDevice}. Nothing was done.");
        }
    }

    private static bool IsSource(SyncTask task) =>
        LocalDevice.IsSameDevice(task.SourcePath, task.TargetPath)
        || (LoopDevices.FindAttachedTo(task.SourcePath) is { } loopDevice && LocalDevice.IsSameDevice(loopDevice, task.TargetPath));
}
