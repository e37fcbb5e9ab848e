using System.Text;

namespace BdSync.Cli.Restriction;

/// <summary>Absolute paths that have one way to be written only.</summary>
internal static class PlainPath
{
    /// <summary>In bytes; PATH_MAX (linux/limits.h) with its NUL.</summary>
    public const int MaxLength = 4095;

    /// <summary>Whether a path is absolute, and has no NUL, no empty name, no <c>.</c> and no <c>..</c> in it.</summary>
    public static bool IsValid(string path) =>
        path.Length > 1 && path[0] == '/' && !path.Contains('\0', StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(path) <= MaxLength
        && path[1..].Split('/').All(name => name is not ("" or "." or ".."));
}
