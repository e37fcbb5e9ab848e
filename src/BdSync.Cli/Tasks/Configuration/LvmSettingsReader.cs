using BdSync.Cli.Tasks.Configuration.Values;
using BdSync.Lvm;

namespace BdSync.Cli.Tasks.Configuration;

/// <summary>Reads what a section says of LVM.</summary>
internal static class LvmSettingsReader
{
    public const string DefaultProgram = "/sbin/lvm";

    private const int DefaultFullCompareEvery = 7;

    private const string DefaultSnapshotName = "bdsync-snapshot";

    /// <summary>The source's snapshot; null for none.</summary>
    public static LvmSettings? ReadSnapshot(SettingReader settings) => settings.GetBoolean(TaskKeys.LvmEnabled, SettingValue.ParseBoolean)
        ? new(
            settings.GetWithPercent<string?>(TaskKeys.LvmSnapshotSize, null, SettingValue.ParseSnapshotSize),
            settings.Get(TaskKeys.LvmSnapshotName, DefaultSnapshotName, SettingValue.ParseVolumeName),
            settings.GetText(TaskKeys.LvmProgram) ?? DefaultProgram) 
            {
                Together = settings.GetBoolean(TaskKeys.LvmTogether, SettingValue.ParseBoolean),
                IsIncremental = settings.GetBoolean(TaskKeys.LvmIncremental, SettingValue.ParseBoolean),
                EraDevice = settings.GetText(TaskKeys.LvmEraDevice),
                FullCompareEvery = settings.Get(TaskKeys.FullCompareEvery, DefaultFullCompareEvery, SettingValue.ParseInterval),
            }
        : null;

    /// <summary>The target's path where the section has none, but a volume group for it: there it is called as its source. Null where that is no volume.</summary>
    public static string? ReadTargetPath(SettingReader settings, string? sourcePath, bool isSourceHere)
    {
        if (string.IsNullOrEmpty(sourcePath) || settings.Get<string?>(TaskKeys.TargetVolumeGroup, null, SettingValue.ParseVolumeName) is not { } group)
        {
            return null;
        }

        var source = isSourceHere ? VolumeName.TryResolve(sourcePath) : VolumeName.TryParse(sourcePath);
        if (source is null)
        {
            return null;
        }

        var path = new VolumeName(group, source.Name).Path;
        settings.Supply(TaskKeys.TargetPath, path);
        return path;
    }

    /// <summary>What is done to make the target fit; null for nothing.</summary>
    public static TargetVolumeSettings? ReadTarget(SettingReader settings)
    {
        var read = new TargetVolumeSettings(
            settings.Get(TaskKeys.TargetCreate, false, text => text == "lvm" ? true : throw new ConfigurationException($"{Finding.Quote(text)} can't be created; lvm is allowed.")),
            settings.GetBoolean(TaskKeys.TargetResize, SettingValue.ParseBoolean),
            settings.GetBoolean(TaskKeys.TargetShrink, SettingValue.ParseBoolean));
        return read is { Create: false, Resize: false, Shrink: false } ? null : read;
    }
}
