using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using BdSync.Cli.Patches;

namespace BdSync.Cli.Tasks.Running;

/// <summary>What the files in a patch folder are called.</summary>
/// <param name="Prefix">What the name starts with, before six random characters.</param>
/// <param name="Suffix">What it ends with.</param>
internal readonly partial record struct PatchNames(string Prefix, string Suffix)
{
    private const string Extension = ".bdsync";
    private const string UndoExtension = ".undo" + Extension;

    /// <summary>In bytes: with all that comes behind it a name stays below the 255 of NAME_MAX (linux/limits.h), and the 143 that eCryptfs leaves of them.</summary>
    private const int MaxTaskLength = 90;

    /// <summary>What is left of a longer one: with <c>+</c> and 32 digits it is not longer than <see cref="MaxTaskLength"/>.</summary>
    private const int KeptTaskLength = MaxTaskLength - 33;

    /// <summary>A patch that is removed when it has been applied: <c>patch-XXXXXX.bdsync</c>.</summary>
    /// <param name="compression">How it is compressed.</param>
    public static PatchNames Temporary(PatchCompression compression) => new("patch-", Extension + GetExtension(compression));

    /// <summary>One that is kept: <c>TASK-20261123T040000Z-XXXXXX.bdsync</c>, so that names in their order are patches in theirs.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="time">When it is made.</param>
    /// <param name="compression">How it is compressed.</param>
    public static PatchNames Kept(string task, DateTimeOffset time, PatchCompression compression) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{GetTaskPrefix(task)}{time.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-"), Extension + GetExtension(compression));

    /// <summary>
    /// What all kept patches of a task start with; others' may, too. Characters that a file's name should not have are <c>%XX</c>; a name that gets
    /// too long by that is cut, and ends with <c>+</c> and a part of its sha256.
    /// </summary>
    /// <param name="task">The task's name.</param>
    public static string GetTaskPrefix(string task)
    {
        var name = Uri.EscapeDataString(task);
        return (name.Length <= MaxTaskLength ? name : $"{name[..KeptTaskLength]}+{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(task)).AsSpan(0, 16))}") + "-";
    }

    /// <summary>Whether a path is that of a kept patch of a task, or of one that takes it back.</summary>
    /// <param name="path">The path.</param>
    /// <param name="task">The task's name.</param>
    public static bool IsOf(string path, string task)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var prefix = GetTaskPrefix(task);
        return name.StartsWith(prefix, StringComparison.Ordinal) && TimeAndRest.IsMatch(name.AsSpan(prefix.Length));
    }

    /// <summary>The patch that takes back what another one does.</summary>
    public static string GetUndoPath(string patchPath) => patchPath + UndoExtension;

    /// <summary>Whether a path is one of <see cref="GetUndoPath"/>.</summary>
    public static bool IsUndoPath(string path) => path.EndsWith(UndoExtension, StringComparison.Ordinal);

    // Some mktemp(1) put nothing behind the random characters.
    [GeneratedRegex(@"^[0-9]{8}T[0-9]{6}Z-[A-Za-z0-9]{6}(\.bdsync(\.gz|\.zst)?)?(\.undo\.bdsync)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex TimeAndRest { get; }

    private static string GetExtension(PatchCompression compression) => compression switch
    {
        PatchCompression.Gzip => ".gz",
        PatchCompression.Zstd => ".zst",
        _ => "",
    };
}
