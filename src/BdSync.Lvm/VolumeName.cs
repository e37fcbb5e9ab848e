namespace BdSync.Lvm;

/// <summary>The name of a logical volume: that of its group and its own, both as LVM takes them.</summary>
public sealed record VolumeName
{
    private const string DeviceFolder = "/dev/";

    private const string MapperFolder = "/dev/mapper/";

    /// <summary>Creates a name.</summary>
    /// <param name="group">The volume group's.</param>
    /// <param name="name">The volume's in it.</param>
    /// <exception cref="LvmException">One of them can't be a name.</exception>
    public VolumeName(string group, string name)
    {
        NameRules.Check("volume group", group);
        NameRules.Check("logical volume", name);
        Group = group;
        Name = name;
    }

    /// <summary>The volume group's name.</summary>
    public string Group { get; }

    /// <summary>The volume's name in its group.</summary>
    public string Name { get; }

    /// <summary>The volume's device while it is active: <c>/dev/VG/LV</c>.</summary>
    public string Path => $"{DeviceFolder}{Group}/{Name}";

    /// <summary>The same in device-mapper's folder, where a dash of a name is doubled: <c>/dev/mapper/VG-LV</c>.</summary>
    public string MapperPath => $"{MapperFolder}{Group.Replace("-", "--", StringComparison.Ordinal)}-{Name.Replace("-", "--", StringComparison.Ordinal)}";

    /// <summary>Reads <c>/dev/VG/LV</c>, <c>/dev/mapper/VG-LV</c> or <c>VG/LV</c>, without looking at any file: for paths of another machine.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Null where it has another form; whether there is such a volume is another question.</returns>
    public static VolumeName? TryParse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.StartsWith(MapperFolder, StringComparison.Ordinal))
        {
            return TryParseMapperName(path[MapperFolder.Length..]);
        }

        var name = path.StartsWith(DeviceFolder, StringComparison.Ordinal) ? path[DeviceFolder.Length..] : path;
        return name.Split('/') is [var group, var volume] ? TryCreate(group, volume) : null;
    }

    /// <summary>Finds the name behind any path of this machine: the forms of <see cref="TryParse"/>, <c>/dev/dm-N</c>, and symbolic links to these.</summary>
    /// <param name="path">The path. A relative one that leads to something is that; else <c>VG/LV</c> is meant.</param>
    /// <returns>Null where it can't be a logical volume; whether there is one of that name, <see cref="LvmTool.FindVolumeAsync"/> says.</returns>
    public static VolumeName? TryResolve(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (SystemCalls.TryGetRealPath(path) is not { } real)
        {
            // An inactive volume has no device.
            return TryParse(path);
        }

        if (!real.StartsWith(DeviceFolder, StringComparison.Ordinal))
        {
            return null;
        }

        return real.LastIndexOf('/') == DeviceFolder.Length - 1
            ? TryReadMapping(real[DeviceFolder.Length..])
            : TryParse(real);
    }

    /// <summary><c>VG/LV</c>, as LVM's commands take it.</summary>
    public override string ToString() => $"{Group}/{Name}";

    internal static VolumeName? TryCreate(string group, string name) =>
        NameRules.IsValid(group) && NameRules.IsValid(name) ? new(group, name) : null;

    // device-mapper knows its own devices by name; LVM's have a uuid that starts like this (lvm2, and what lies below a volume has a dash and a word behind it).
    private static VolumeName? TryReadMapping(string device)
    {
        var folder = $"/sys/class/block/{device}/dm";
        try
        {
            var uuid = File.ReadAllText($"{folder}/uuid").Trim();
            return uuid.StartsWith("LVM-", StringComparison.Ordinal) && uuid.IndexOf('-', 4) < 0
                ? TryParseMapperName(File.ReadAllText($"{folder}/name").Trim())
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The one dash between the names stands alone; those of the names come in pairs.
    private static VolumeName? TryParseMapperName(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] != '-')
            {
                continue;
            }

            if (index + 1 < text.Length && text[index + 1] == '-')
            {
                index++;
                continue;
            }

            return TryUndouble(text[..index]) is { } group && TryUndouble(text[(index + 1)..]) is { } name ? TryCreate(group, name) : null;
        }

        return null;
    }

    private static string? TryUndouble(string text)
    {
        var single = text.Replace("--", "-", StringComparison.Ordinal);
        return single.Replace("-", "--", StringComparison.Ordinal) == text ? single : null;
    }
}
