using BdSync.Cli.Tasks.Configuration.Values;
using BdSync.Lvm;

namespace BdSync.Cli.Tasks.Configuration;

/// <summary>What has to hold between a task's settings about volumes, and which of them have no effect. LVM is not asked.</summary>
internal static class VolumeChecks
{
    public static void Check(SyncTask task, SettingReader settings)
    {
        CheckSnapshot(task, settings);
        var group = settings.GetText(TaskKeys.TargetVolumeGroup);
        settings.WarnIfIdle(
            task is { TargetVolume: null, TargetPath.Length: > 0 } && !settings.IsSupplied(TaskKeys.TargetPath),
            TaskKeys.TargetVolumeGroup,
            $"the target has a path, and none of {TaskKeys.TargetCreate}, {TaskKeys.TargetResize} and {TaskKeys.TargetShrink} is set.");
        if (task.TargetVolume is not null)
        {
            var volume = task.TargetPath.Length > 0 ? VolumeName.TryParse(task.TargetPath) : null;
            settings.RefuseIf(volume is null && task.TargetPath.Length > 0, TaskKeys.TargetPath, $"the target {Finding.Quote(task.TargetPath)} is no path of a logical volume, such as /dev/VG/LV, and can't be made to fit.");
            settings.RefuseIf(volume is not null && group is not null && volume.Group != group, TaskKeys.TargetVolumeGroup, $"the target {Finding.Quote(task.TargetPath)} is in another volume group than {Finding.Quote(group ?? "")}.", TaskKeys.TargetPath);
            settings.RefuseIf(task.IsPull, TaskKeys.Direction, "a target can be made to fit a source of this machine only.");
        }
    }

    // The keys of bdsync-manager are passed over: its files have them with lvm_snapshot_enabled = no.
    private static void CheckSnapshot(SyncTask task, SettingReader settings)
    {
        if (task.Lvm is { } lvm)
        {
            settings.RefuseIf(!File.Exists(lvm.ProgramPath), TaskKeys.LvmProgram, $"the program {Finding.Quote(lvm.ProgramPath)} does not exist, and {TaskKeys.LvmEnabled} needs it.");
            settings.RefuseIf(task.IsPull, TaskKeys.LvmEnabled, $"a snapshot can be taken on this machine only; with {TaskKeys.Direction} = pull the source is on the other side.", TaskKeys.Direction);
        }

        var isIncremental = settings.GetBoolean(TaskKeys.LvmIncremental, SettingValue.ParseBoolean);
        settings.RefuseIf(task.Lvm is null && isIncremental, TaskKeys.LvmIncremental, $"there is no snapshot that could be kept; {TaskKeys.LvmEnabled} = yes is needed.", TaskKeys.LvmEnabled);
        settings.WarnIfIdle(!isIncremental, TaskKeys.FullCompareEvery, $"every run compares everything without {TaskKeys.LvmIncremental} = yes.");
        var era = settings.GetText(TaskKeys.LvmEraDevice);
        settings.RefuseIf(era is not null && !Path.IsPathRooted(era), TaskKeys.LvmEraDevice, $"{Finding.Quote(era ?? "")} is no path of a device; one such as /dev/mapper/NAME is needed.");
        settings.WarnIfIdle(!isIncremental, TaskKeys.LvmEraDevice, $"the device is asked for what has changed only with {TaskKeys.LvmIncremental} = yes.");
        settings.WarnIfIdle(task.Lvm is null && settings.GetBoolean(TaskKeys.LvmTogether, SettingValue.ParseBoolean), TaskKeys.LvmTogether, $"there is no snapshot; {TaskKeys.LvmEnabled} = yes is needed.");
    }
}
