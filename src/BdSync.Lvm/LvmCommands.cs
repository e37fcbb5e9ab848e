using System.Globalization;

namespace BdSync.Lvm;

/// <summary>The commands that are needed, as words: nothing is run here. Names are checked before they become words.</summary>
public static class LvmCommands
{
    /// <summary>The first LVM whose lvreduce looks for a file system by itself, and needs to be told not to.</summary>
    private static readonly Version FirstWithFileSystems = new(2, 3, 17);

    /// <summary>Asks for LVM's version, such as 2.3.16.</summary>
    public static LvmCommand<Version> GetVersion() => new(["version"], false, result => ReadVersion(Succeeded(["version"], result)));

    /// <summary>Asks for a volume group.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="LvmException">That can't be a name.</exception>
    public static LvmCommand<VolumeGroup> GetVolumeGroup(string name)
    {
        NameRules.Check("volume group", name);
        string[] words = [.. Report("vgs", LvmReport.GroupFields), name];
        return new(words, false, result => LvmReport.ReadGroups(Reported(words, result)) switch
        {
            [var group] when group.Name == name => group,
            var groups => throw new FormatException($"it has {groups.Count} groups in place of {name}"),
        });
    }

    /// <summary>Asks for all volumes of a group that LVM does not hide.</summary>
    /// <param name="volumeGroup">The group's name.</param>
    /// <exception cref="LvmException">That can't be a name.</exception>
    public static LvmCommand<IReadOnlyList<LogicalVolume>> ListVolumes(string volumeGroup)
    {
        NameRules.Check("volume group", volumeGroup);
        string[] words = [.. Report("lvs", LvmReport.VolumeFields), volumeGroup];
        return new(words, false, result => LvmReport.ReadVolumes(Reported(words, result)) is var volumes && volumes.All(volume => volume.FullName.Group == volumeGroup)
            ? volumes
            : throw new FormatException("it has volumes of other groups"));
    }

    /// <summary>Asks for a volume. The result is null where LVM knows its group, but not the volume.</summary>
    /// <param name="name">Its name.</param>
    public static LvmCommand<LogicalVolume?> FindVolume(VolumeName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var list = ListVolumes(name.Group);

        // Exit status 5 for a volume that isn't there can't be told from other failures: the whole group is asked for instead.
        return new(list.Words, false, result => list.Complete(result).SingleOrDefault(volume => volume.FullName == name));
    }

    /// <summary>Creates a thick volume.</summary>
    /// <param name="group">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="length">The size that is needed, in bytes; over 0. It is rounded up to extents.</param>
    /// <exception cref="LvmException">That can't be a name, or there is not enough room.</exception>
    public static LvmCommand<bool> CreateVolume(VolumeGroup group, string name, long length)
    {
        ArgumentNullException.ThrowIfNull(group);
        NameRules.CheckNew(name);
        CheckRoom(group, $"{group.Name}/{name}", group.RoundUp(length));
        return Change(["lvcreate", "--yes", "--name", name, "--extents", Format(group.CountExtents(length)), group.Name]);
    }

    /// <summary>Makes a volume larger or smaller; null where it has the size already. LVM rounds that of a striped volume up to whole rows of stripes, too.</summary>
    /// <param name="group">Its group.</param>
    /// <param name="volume">The volume as it is.</param>
    /// <param name="length">The size that is needed, in bytes; over 0. It is rounded up to extents.</param>
    /// <param name="version">LVM's version on the volume's machine.</param>
    /// <exception cref="LvmException">There is not enough room.</exception>
    public static LvmCommand<bool>? TryResizeVolume(VolumeGroup group, LogicalVolume volume, long length, Version version)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(volume);
        var rounded = group.RoundUp(length);
        var extents = Format(group.CountExtents(length));
        if (rounded == volume.Length)
        {
            return null;
        }

        if (rounded < volume.Length)
        {
            string[] fileSystem = version >= FirstWithFileSystems ? ["--fs", "ignore"] : [];
            return Resize(["lvreduce", "--yes", "--force", .. fileSystem, "--extents", extents, volume.FullName.ToString()]);
        }

        if (volume.Pool is null)
        {
            CheckRoom(group, volume.FullName.ToString(), rounded - volume.Length);
        }

        return Resize(["lvextend", "--extents", extents, volume.FullName.ToString()]);
    }

    /// <summary>Takes a snapshot; a thin one where the origin is thin.</summary>
    /// <param name="origin">Of what.</param>
    /// <param name="options">Name, size and owner.</param>
    /// <exception cref="LvmException">The options don't fit the origin, or there can't be a snapshot of it.</exception>
    public static LvmCommand<bool> CreateSnapshot(LogicalVolume origin, SnapshotOptions options)
    {
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentNullException.ThrowIfNull(options);
        NameRules.CheckNew(options.Name);

        // A thin snapshot may be left out of activation (lvmthin(7)), which is switched off here.
        string[] size = origin.Kind switch
        {
            LogicalVolumeKind.Thin or LogicalVolumeKind.ThinSnapshot => ["--ignoreactivationskip", "--activate", "y"],
            LogicalVolumeKind.Thick => SnapshotSize.GetWords(origin, options.Size),
            _ => throw new LvmException($"There can't be a snapshot of {origin.FullName}: it is no volume with data of its own, but of the kind {origin.Kind}."),
        };
        string[] tags = [.. options.Tags.SelectMany(tag => new[] { "--addtag", tag })];
        return Change(["lvcreate", "--yes", "--snapshot", "--name", options.Name, "--permission", "r", .. tags, .. size, origin.FullName.ToString()]);
    }

    /// <summary>Makes a volume readable, thin snapshots included.</summary>
    /// <param name="name">Its name.</param>
    public static LvmCommand<bool> ActivateVolume(VolumeName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Change(["lvchange", "--ignoreactivationskip", "--activate", "y", name.ToString()]);
    }

    /// <summary>Removes a volume, without asking and with all that is in it.</summary>
    /// <param name="name">Its name.</param>
    public static LvmCommand<bool> RemoveVolume(VolumeName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Change(["lvremove", "--force", name.ToString()]);
    }

    /// <summary>Makes a volume inactive: its device goes.</summary>
    /// <param name="name">Its name.</param>
    public static LvmCommand<bool> DeactivateVolume(VolumeName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Change(["lvchange", "--activate", "n", name.ToString()]);
    }

    /// <summary>Renames a volume.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="newName">What it is to be called in its group.</param>
    /// <exception cref="LvmException">That can't be a name.</exception>
    public static LvmCommand<bool> RenameVolume(VolumeName name, string newName)
    {
        ArgumentNullException.ThrowIfNull(name);
        NameRules.CheckNew(newName);
        return Change(["lvrename", name.Group, name.Name, newName]);
    }

    /// <summary>Gives a volume a tag.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tag">The tag.</param>
    /// <exception cref="LvmException">That can't be a tag.</exception>
    public static LvmCommand<bool> AddTag(VolumeName name, string tag)
    {
        ArgumentNullException.ThrowIfNull(name);
        NameRules.CheckTag(tag);
        return Change(["lvchange", "--addtag", tag, name.ToString()]);
    }

    /// <summary>Takes a tag from a volume.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tag">The tag.</param>
    /// <exception cref="LvmException">That can't be a tag.</exception>
    public static LvmCommand<bool> RemoveTag(VolumeName name, string tag)
    {
        ArgumentNullException.ThrowIfNull(name);
        NameRules.CheckTag(tag);
        return Change(["lvchange", "--deltag", tag, name.ToString()]);
    }

    private static string[] Report(string command, string fields) => [command, "--reportformat", "json", "--units", "b", "--nosuffix", "--options", fields];

    private static LvmCommand<bool> Change(string[] words) => new(words, true, result => Succeeded(words, result).ExitStatus == 0);

    private static string Reported(string[] words, LvmResult result) =>
        Succeeded(words, result.ExitStatus == 0 ? result : result with { Errors = result.Errors + LvmReport.ReadLog(result.Output) }).Output;

    // A size between two rows of stripes is rounded up to that which the volume may have already; LVM takes that for a failure.
    private static LvmCommand<bool> Resize(string[] words) => new(
        words,
        true,
        result => (result.Output + result.Errors).Contains("matches existing size", StringComparison.Ordinal) || Succeeded(words, result).ExitStatus == 0);

    private static LvmResult Succeeded(string[] words, LvmResult result) =>
        result.ExitStatus == 0 ? result : throw new LvmException($"ended with exit status {result.ExitStatus}", words, result);

    private static void CheckRoom(VolumeGroup group, string name, long needed)
    {
        if (needed > group.FreeLength)
        {
            throw new LvmException($"The volume group {group.Name} has no room for {name}: {needed} bytes are needed, {group.FreeLength} are free.");
        }
    }

    // "  LVM version:     2.03.16(2) (2022-05-18)"
    private static Version ReadVersion(LvmResult result)
    {
        const string start = "LVM version:";
        var line = result.Output.Split('\n').Select(text => text.Trim()).FirstOrDefault(text => text.StartsWith(start, StringComparison.Ordinal));
        var digits = line?[start.Length..].Trim().TakeWhile(character => char.IsAsciiDigit(character) || character == '.');
        return digits is not null && Version.TryParse(string.Concat(digits), out var version) ? version : throw new FormatException("it names no version");
    }

    private static string Format(long value) => value.ToString(CultureInfo.InvariantCulture);
}
