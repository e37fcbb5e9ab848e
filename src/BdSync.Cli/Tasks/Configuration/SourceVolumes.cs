using System.IO.Enumeration;
using BdSync.Lvm;

namespace BdSync.Cli.Tasks.Configuration;

/// <summary>The volumes of a whole group, one task for each.</summary>
internal static class SourceVolumes
{
    /// <summary>Lists those that a section wants: <c>source_volumes</c> and <c>source_volumes_exclude</c> are patterns with <c>*</c> and <c>?</c>.</summary>
    /// <param name="group">The volume group.</param>
    /// <param name="settings">The section.</param>
    /// <param name="lists">Has all of them.</param>
    /// <exception cref="LvmException">LVM fails, or there is no such group.</exception>
    /// <exception cref="ConfigurationException">No volume is left.</exception>
    public static string[] List(string group, SettingReader settings, VolumeLists lists)
    {
        var included = GetPatterns(TaskKeys.SourceVolumes, "*");
        var excluded = GetPatterns(TaskKeys.SourceVolumesExcluded, "");
        var program = settings.GetText(TaskKeys.LvmProgram) ?? LvmSettingsReader.DefaultProgram;
        string[] volumes = [.. lists.Get(program, group).Where(volume => Matches(volume, included) && !Matches(volume, excluded))];
        return volumes.Length > 0 ? volumes : throw new ConfigurationException($"the volume group {Finding.Quote(group)} has no volume that {TaskKeys.SourceVolumes} and {TaskKeys.SourceVolumesExcluded} leave.");

        string[] GetPatterns(string key, string absent) => (settings.GetText(key) ?? absent).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Notes where a section asks for the volumes of a group, but is no template, and where it chooses among volumes of none.</summary>
    public static void Check(SettingReader settings, bool isTemplate)
    {
        var group = settings.GetText(TaskKeys.SourceVolumeGroup);
        settings.RefuseIf(group is not null && !isTemplate, TaskKeys.SourceVolumeGroup, "each volume of a group is a task, and these need names of their own: the section's name has to have %(volume)s in it.");
        foreach (var key in (string[])[TaskKeys.SourceVolumes, TaskKeys.SourceVolumesExcluded])
        {
            settings.WarnIfIdle(settings.GetText(key) is not null && group is null, key, $"there is no volume group, whose volumes it could choose; {TaskKeys.SourceVolumeGroup} names one.");
        }
    }

    private static bool Matches(string volume, string[] patterns) => patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, volume, ignoreCase: false));
}
