namespace BdSync.Cli.Tasks.Configuration;

/// <summary>A line about a task file. It quotes what the file has, and must not tell a terminal anything by it.</summary>
internal static class Finding
{
    /// <summary>The longest line, in characters.</summary>
    public const int MaxLength = 1000;

    /// <summary>How much of its end is kept: what is allowed stands there.</summary>
    private const int EndLength = 300;

    /// <summary>The longest value that is quoted, in characters.</summary>
    private const int MaxQuotedLength = 200;

    /// <summary><c>FILE:LINE: [SECTION] KEY: PROBLEM</c>, without control characters, and with its middle left out if it is too long.</summary>
    /// <param name="origin">Where: file and line, or the word of a command line.</param>
    /// <param name="section">The section; null where none is known.</param>
    /// <param name="key">The key; null where none is known.</param>
    /// <param name="problem">What was found and what is allowed.</param>
    public static string Format(string origin, string? section, string? key, string problem)
    {
        var line = $"{origin}: {(section is null ? "" : $"[{section}] ")}{(key is null ? "" : $"{key}: ")}{problem}";
        var printable = string.Create(line.Length, line, static (characters, source) =>
        {
            for (var index = 0; index < characters.Length; index++)
            {
                characters[index] = char.IsControl(source[index]) ? '?' : source[index];
            }
        });
        return printable.Length <= MaxLength ? printable : $"{printable[..(MaxLength - EndLength - 1)]}…{printable[^EndLength..]}";
    }

    /// <summary>A value in quotes, cut where it is long.</summary>
    public static string Quote(string value) => value.Length <= MaxQuotedLength ? $"'{value}'" : $"'{value[..MaxQuotedLength]}…'";
}
