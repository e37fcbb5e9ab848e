using System.Text.RegularExpressions;

namespace BdSync.Lvm;

/// <summary>How large a thick snapshot is made.</summary>
internal static partial class SnapshotSize
{
    /// <summary>The words for lvcreate.</summary>
    public static string[] GetWords(LogicalVolume origin, string? size)
    {
        if (size is null)
        {
            throw new LvmException($"The snapshot of {origin.FullName} needs a size: the volume is not thin.");
        }

        if (!Pattern().IsMatch(size))
        {
            var shown = size.Length > 40 ? size[..40] + "…" : size;
            throw new LvmException($"'{shown}' can't be the size of a snapshot: a number is allowed, with one of bskmgtpe behind it (m where there is none), or a percentage such as 10%ORIGIN.");
        }

        return size.EndsWith("%ORIGIN", StringComparison.OrdinalIgnoreCase) ? ["--extents", size.ToUpperInvariant()] : ["--size", size];
    }

    [GeneratedRegex(@"\A(?:[0-9]{1,18}[bskmgtpe]?|[1-9][0-9]{0,2}%ORIGIN)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
