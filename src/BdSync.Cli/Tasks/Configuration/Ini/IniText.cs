namespace BdSync.Cli.Tasks.Configuration.Ini;

/// <summary>Characters as Python sees them.</summary>
internal static class IniText
{
    /// <summary>The text without the white space around it.</summary>
    public static string Trim(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsSpace(text[start]))
        {
            start++;
        }

        while (end > start && IsSpace(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>The key that a name means: case does not count.</summary>
    public static string ToKey(string name) => name.ToLowerInvariant();

    // The separators of ASCII are white space to Python only.
    private static bool IsSpace(char character) => char.IsWhiteSpace(character) || character is >= '\x1C' and <= '\x1F';
}
