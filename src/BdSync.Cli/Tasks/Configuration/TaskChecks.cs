using BdSync.Cli.Tasks.Configuration.Values;

namespace BdSync.Cli.Tasks.Configuration;

/// <summary>What has to hold between a task's settings, and of this machine, before anything runs. What is on the other side is not looked at.</summary>
internal static class TaskChecks
{
    public static void Check(SyncTask task, SettingReader settings)
    {
        CheckPaths(task, settings);
        CheckConnection(task, settings);
        CheckPatches(task, settings);
        VolumeChecks.Check(task, settings);
        if (settings.GetText(TaskKeys.LocalBdSync) is { } program && !File.Exists(HomeFolder.Expand(program)))
        {
            settings.Warn(TaskKeys.LocalBdSync, $"the program {Finding.Quote(program)} does not exist; it is not needed, and the key may go.");
        }
    }

    private static void CheckPaths(SyncTask task, SettingReader settings)
    {
        settings.RefuseIf(task.SourcePath.Length == 0, TaskKeys.SourcePath, "there is no source; a path is needed.");
        settings.RefuseIf(task.TargetPath.Length == 0, TaskKeys.TargetPath, $"there is no target; a path is needed{(settings.GetText(TaskKeys.TargetVolumeGroup) is null ? "" : ", as the source is no logical volume whose name the target could have")}.", TaskKeys.TargetVolumeGroup, TaskKeys.SourcePath);
        if (task.SourcePath.Length > 0 && !task.IsPull)
        {
            settings.RefuseIf(Directory.Exists(task.SourcePath), TaskKeys.SourcePath, $"the source {Finding.Quote(task.SourcePath)} is a folder; a device or a file is needed.", TaskKeys.Direction);
            settings.RefuseIf(!Path.Exists(task.SourcePath), TaskKeys.SourcePath, $"the source {Finding.Quote(task.SourcePath)} does not exist.", TaskKeys.Direction);
        }

        if (task.TargetPath.Length > 0 && IsTargetHere(task))
        {
            var folder = Path.GetDirectoryName(task.TargetPath) is { Length: > 0 } parent ? parent : ".";
            settings.RefuseIf(
                Directory.Exists(task.TargetPath), TaskKeys.TargetPath, $"the target {Finding.Quote(task.TargetPath)} is a folder; a device or a file is needed.", TaskKeys.Connection, TaskKeys.ConnectionCommand);
            settings.RefuseIf(
                !Directory.Exists(folder) && task.TargetVolume is null, TaskKeys.TargetPath, $"the folder of the target {Finding.Quote(task.TargetPath)} does not exist.", TaskKeys.Connection, TaskKeys.ConnectionCommand);
        }
    }

    private static void CheckConnection(SyncTask task, SettingReader settings)
    {
        settings.RefuseIf(
            task.Connection is { IsAddress: false } && settings.GetText(TaskKeys.RemoteBdSync) is null, TaskKeys.RemoteBdSync, $"there is no program for the other side, which {TaskKeys.ConnectionCommand} needs.");
        settings.RefuseIf(
            task.IsPull && task.Connection is null,
            TaskKeys.Direction,
            $"pull needs another side; {TaskKeys.Connection} or {TaskKeys.ConnectionCommand} has to say where that is.",
            TaskKeys.Connection,
            TaskKeys.ConnectionCommand);
        settings.RefuseIf(
            task.IsPull && task.Client is { Checksum: not null, Channels: > 1 }, TaskKeys.Direction, "pull with --checksum needs one server that reads all; --channels=1 is allowed.");
        settings.RefuseIf(
            task.SshConfiguration is not null && task.Connection is { IsAddress: false }, TaskKeys.ConnectionCommand, $"--ssh-config goes with {TaskKeys.Connection} = ssh://HOST only: a command says all that there is to say.");
        if (task.Force && !IsTargetHere(task) && !task.PatchArguments.Contains("--force"))
        {
            settings.Warn(TaskKeys.BdSyncArguments, $"--force does not reach the other side from here; {TaskKeys.PatchArguments} is the place for it where that runs BdSync.");
        }
    }

    private static void CheckPatches(SyncTask task, SettingReader settings)
    {
        if (task.ApplyInPlace)
        {
            settings.RefuseIf(task.KeptPatches > 0, TaskKeys.KeepPatches, $"no patch is stored with {TaskKeys.ApplyInPlace}, so none can be kept; 0 is allowed.");
            settings.RefuseIf(task.UndoPatches > 0, TaskKeys.UndoPatches, $"no patch is stored with {TaskKeys.ApplyInPlace}, so none can be made that takes the target back; 0 is allowed.");
            return;
        }

        settings.RefuseIf(task.PatchFolder is null, TaskKeys.PatchFolder, $"there is no folder for patches, which is needed unless {TaskKeys.ApplyInPlace} is set.", TaskKeys.ApplyInPlace);
        if (task.PatchFolder is { } folder && IsTargetHere(task))
        {
            settings.RefuseIf(!Directory.Exists(folder), TaskKeys.PatchFolder, $"the folder {Finding.Quote(folder)} does not exist.", TaskKeys.Connection, TaskKeys.ConnectionCommand);
        }
    }

    private static bool IsTargetHere(SyncTask task) => task.Connection is null || task.IsPull;
}
