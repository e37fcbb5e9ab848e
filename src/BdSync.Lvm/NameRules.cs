using System.Buffers;
using System.Text;

namespace BdSync.Lvm;

/// <summary>What may be a name and a tag, from lvm(8), "VALID NAMES".</summary>
internal static class NameRules
{
    /// <summary>How long a name may be, in characters: LVM's NAME_LEN is 128 with the byte at its end.</summary>
    public const int MaxNameLength = 127;

    /// <summary>How long a tag may be, in characters (lvm(8)).</summary>
    public const int MaxTagLength = 1024;

    /// <summary>With these LVM's own volumes start, or have them in their names.</summary>
    private static readonly string[] ReservedStarts = ["snapshot", "pvmove"];

    private static readonly string[] ReservedParts =
        ["_cdata", "_cmeta", "_corig", "_cpool", "_cvol", "_imeta", "_iorig", "_mimage", "_mlog", "_pmspare", "_rimage", "_rmeta", "_tdata", "_tmeta", "_vdata", "_vorigin", "_wcorig"];

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+_.-");

    private static readonly SearchValues<char> TagCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+_.-/=!:&");

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxNameLength && name[0] != '-' && name is not "." and not ".." && !name.AsSpan().ContainsAnyExcept(NameCharacters);

    public static void Check(string what, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsValid(name))
        {
            var shown = name.Length > MaxNameLength ? name[..MaxNameLength] + "…" : name;
            throw new LvmException(
                $"'{shown}' can't be the name of a {what}: 1 to {MaxNameLength} letters, digits or characters of '+_.-' are allowed, with no dash in front.");
        }
    }

    /// <summary>Refuses names that LVM keeps for itself, before a volume is created.</summary>
    public static void CheckNew(string name)
    {
        Check("logical volume", name);
        var reserved = ReservedStarts.FirstOrDefault(start => name.StartsWith(start, StringComparison.Ordinal))
            ?? ReservedParts.FirstOrDefault(part => name.Contains(part, StringComparison.Ordinal));
        if (reserved is not null)
        {
            throw new LvmException($"'{name}' can't be the name of a new logical volume: LVM keeps '{reserved}' for volumes of its own.");
        }
    }

    /// <summary>Refuses what can't be a tag as it is.</summary>
    public static void CheckTag(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        if (tag.Length is 0 or > MaxTagLength || tag[0] == '-' || tag.AsSpan().ContainsAnyExcept(TagCharacters))
        {
            throw new LvmException($"'{tag}' can't be a tag: 1 to {MaxTagLength} letters, digits or characters of '_+.-/=!:&' are allowed, with no dash in front.");
        }
    }

    /// <summary>A tag that has any text in it: what is not allowed in one is written as <c>#XX</c>, UTF-8 in hexadecimal digits.</summary>
    public static string MakeTag(string start, string text)
    {
        var tag = new StringBuilder(start);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            _ = TagCharacters.Contains((char)value) ? tag.Append((char)value) : tag.Append('#').Append(value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return tag.Length <= MaxTagLength
            ? tag.ToString()
            : throw new LvmException($"A tag for LVM would have {tag.Length} characters; {MaxTagLength} are allowed.");
    }
}
