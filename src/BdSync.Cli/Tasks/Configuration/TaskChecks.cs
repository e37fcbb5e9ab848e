using BdSync.Cli.Tasks.Configuration.Values;
using BdSync.Lvm;

namespace BdSync.Cli.Tasks.Configuration;

/// <summary>What has to hold between a task's settings, and of this machine, before anything runs. What is on the other side is not looked at.</summary>
internal static class TaskChecks
{
    public static void Check(SyncTask task, SettingReader settings)
    {
        CheckPaths(task, settings);
        CheckConnection(task, settings);
        CheckPatches(task, settings);
        if (task.Lvm is { } lvm)
        {
            settings.RefuseIf(!File.Exists(lvm.ProgramPath), TaskKeys.LvmProgram, $"the program {Finding.Quote(lvm.ProgramPath)} does not exist, and {TaskKeys.LvmEnabled} needs it.");
            settings.RefuseIf(IsPull(task), TaskKeys.LvmEnabled, $"a snapshot can be taken on this machine only; with {TaskKeys.Direction} = pull the source is on the other side.", TaskKeys.Direction);
        }

        var era = settings.GetText(TaskKeys.LvmEraDevice);
        settings.RefuseIf(era is not null && !Path.IsPathRooted(era), TaskKeys.LvmEraDevice, $"{Finding.Quote(era ?? "")} is no path of a device; one such as /dev/mapper/NAME is needed.");
        settings.RefuseIf(
            era is not null && task.Lvm is not { IsIncremental: true }, TaskKeys.LvmEraDevice, $"the device is asked for what has changed only where {TaskKeys.LvmIncremental} = yes.", TaskKeys.LvmIncremental, TaskKeys.LvmEnabled);
        var group = settings.GetText(TaskKeys.TargetVolumeGroup);
        settings.RefuseIf(
            task.Lvm is null && settings.GetBoolean(TaskKeys.LvmIncremental, SettingValue.ParseBoolean), TaskKeys.LvmIncremental, $"there is no snapshot that could be kept; {TaskKeys.LvmEnabled} = yes is needed.", TaskKeys.LvmEnabled);
        if (task.TargetVolume is not null)
        {
            var volume = task.TargetPath.Length > 0 ? VolumeName.TryParse(task.TargetPath) : null;
            settings.RefuseIf(volume is null, TaskKeys.TargetPath, $"the target {Finding.Quote(task.TargetPath)} is no path of a logical volume, such as /dev/VG/LV, and can't be made to fit.");
            settings.RefuseIf(volume is not null && group is not null && volume.Group != group, TaskKeys.TargetVolumeGroup, $"the target {Finding.Quote(task.TargetPath)} is in another volume group than {Finding.Quote(group ?? "")}.", TaskKeys.TargetPath);
            settings.RefuseIf(IsPull(task), TaskKeys.Direction, "a target can be made to fit a source of this machine only.");
        }

        if (settings.GetText(TaskKeys.LocalBdSync) is { } program && !File.Exists(HomeFolder.Expand(program)))
        {
            settings.Warn(TaskKeys.LocalBdSync, $"the program {Finding.Quote(program)} does not exist; it is not needed, and the key may go.");
        }
    }

    private static void CheckPaths(SyncTask task, SettingReader settings)
    {
        settings.RefuseIf(task.SourcePath.Length == 0, TaskKeys.SourcePath, "there is no source; a path is needed.");
        settings.RefuseIf(task.TargetPath.Length == 0, TaskKeys.TargetPath, "there is no target; a path is needed.");
        if (task.SourcePath.Length > 0 && !IsPull(task))
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
            IsPull(task) && task.Connection is null,
            TaskKeys.Direction,
            $"pull needs another side; {TaskKeys.Connection} or {TaskKeys.ConnectionCommand} has to say where that is.",
            TaskKeys.Connection,
            TaskKeys.ConnectionCommand);
        settings.RefuseIf(
            IsPull(task) && task.Client is { Checksum: not null, Channels: > 1 }, TaskKeys.Direction, "pull with --checksum needs one server that reads all; --channels=1 is allowed.");
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

    private static bool IsPull(SyncTask task) => task.Direction == TaskDirection.Pull;

    private static bool IsTargetHere(SyncTask task) => task.Connection is null || IsPull(task);
}
