using System.Globalization;
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

    /// <summary>A patch that is removed when it has been applied: <c>patch-XXXXXX.bdsync</c>.</summary>
    /// <param name="compression">How it is compressed.</param>
    public static PatchNames Temporary(PatchCompression compression) => new("patch-", Extension + GetExtension(compression));

    /// <summary>One that is kept: <c>TASK-20261123T040000Z-XXXXXX.bdsync</c>, so that names in their order are patches in theirs.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="time">When it is made.</param>
    /// <param name="compression">How it is compressed.</param>
    public static PatchNames Kept(string task, DateTimeOffset time, PatchCompression compression) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{GetTaskPrefix(task)}{time.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-"), Extension + GetExtension(compression));

    /// <summary>What all kept patches of a task start with; others' may, too. Characters that a file's name should not have are <c>%XX</c>.</summary>
    /// <param name="task">The task's name.</param>
    public static string GetTaskPrefix(string task) => Uri.EscapeDataString(task) + "-";

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
    [GeneratedRegex(@"^\d{8}T\d{6}Z-[A-Za-z0-9]{6}(\.|$)", RegexOptions.CultureInvariant)]
    private static partial Regex TimeAndRest { get; }

    private static string GetExtension(PatchCompression compression) => compression switch
    {
        PatchCompression.Gzip => ".gz",
        PatchCompression.Zstd => ".zst",
        _ => "",
    };
}
