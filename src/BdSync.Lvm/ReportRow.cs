using System.Globalization;
using System.Text.Json;

namespace BdSync.Lvm;

/// <summary>
/// One object of a report. LVM's "json" writes every value as a string; numbers, null and lists, as its "json_std" has them, are read
/// as well. Fields that are not known are left alone.
/// </summary>
internal readonly struct ReportRow(JsonElement element)
{
    /// <summary>How long a value may be, in characters: LVM's longest is a list of tags, for which all of a group's metadata has room.</summary>
    private const int MaxValueLength = 1024 * 1024;

    public string GetText(string name) => TryGetText(name) is { Length: > 0 } text ? text : throw new FormatException($"the field {name} is missing");

    /// <summary>The value of a field; null where it is missing, empty where LVM has nothing to say.</summary>
    public string? TryGetText(string name)
    {
        if (!element.TryGetProperty(name, out var value))
        {
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.Null => "",
            JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString() : throw Wrong(name))),
            _ => throw Wrong(name),
        };
        return text.Length <= MaxValueLength ? text : throw new FormatException($"the field {name} has {text.Length} characters; {MaxValueLength} are allowed");
    }

    public string[] GetList(string name) => (TryGetText(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A number of bytes.</summary>
    public long GetLength(string name) => ReadLength(name, GetText(name));

    /// <summary>A number of bytes or a thin volume's; null where LVM has nothing to say.</summary>
    public long? TryGetLength(string name) => TryGetText(name) is { Length: > 0 } text ? ReadLength(name, text) : null;

    /// <summary>A percentage; null where LVM has nothing to say, or no number, as for a snapshot that is gone.</summary>
    public double? TryGetPercent(string name) =>
        TryGetText(name) is { Length: > 0 } text && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            ? Math.Min(percent, 100)
            : null;

    /// <summary>Whether LVM says yes, in the words of any version: <c>snapshot invalid</c>, <c>merging</c>, or 1 with --binary; null where it can't tell.</summary>
    public bool? TryGetFlag(string name) => TryGetText(name) switch
    {
        null or "unknown" or "-1" => null,
        "" or "0" => false,
        _ => true,
    };

    private static FormatException Wrong(string name) => new($"the field {name} has a value of another kind");

    private static long ReadLength(string name, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException($"the field {name} has '{(text.Length > 40 ? text[..40] + "…" : text)}', which is no number of bytes");
}
