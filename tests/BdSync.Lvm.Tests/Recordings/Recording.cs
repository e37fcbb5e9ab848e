using System.Globalization;
using BdSync.TestUtilities;

namespace BdSync.Lvm.Tests.Recordings;

/// <summary>What a command of some version printed, see README.md.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Command">Its words, separated by spaces.</param>
/// <param name="Result">What came of it.</param>
public sealed record Recording(string Name, string Command, LvmResult Result)
{
    private static readonly string Folder = Path.Combine(TestEnvironment.SourceFolder, "tests", "BdSync.Lvm.Tests", "Recordings");

    /// <summary>The versions of LVM that were recorded: a folder each.</summary>
    public static IReadOnlyList<string> LvmVersions { get; } = List("lvm-");

    /// <summary>The versions of the thin-provisioning-tools.</summary>
    public static IReadOnlyList<string> ToolVersions { get; } = List("tools-");

    /// <summary>All of a version of LVM, by name.</summary>
    public static IReadOnlyDictionary<string, Recording> ReadLvm(string version) => Read(Path.Combine(Folder, "lvm-" + version, "lvm.txt"));

    /// <summary>All of a version of the thin-provisioning-tools, by name.</summary>
    public static IReadOnlyDictionary<string, Recording> ReadTools(string version) => Read(Path.Combine(Folder, "tools-" + version, "metadata.txt"));

    private static string[] List(string start) =>
        [.. Directory.EnumerateDirectories(Folder, start + "*").Select(path => Path.GetFileName(path)[start.Length..]).Order(StringComparer.Ordinal)];

    private static Dictionary<string, Recording> Read(string path) =>
        ("\n" + File.ReadAllText(path).TrimEnd('\n')).Split("\n== ").Skip(1).Select(text => Parse(text + "\n")).ToDictionary(recording => recording.Name, StringComparer.Ordinal);

    private static Recording Parse(string text)
    {
        var (name, rest) = Cut(text, "\ncommand: ");
        var (command, afterCommand) = Cut(rest, "\nexit status: ");
        var (status, afterStatus) = Cut(afterCommand, "\noutput:\n");

        // An output need not end with a line.
        var (output, errors) = Cut(afterStatus, "errors:\n");
        return new(name, command, new(int.Parse(status, CultureInfo.InvariantCulture), output, errors));
    }

    private static (string Before, string After) Cut(string text, string mark) =>
        text.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var index
            ? (text[..index], text[(index + mark.Length)..])
            : throw new FormatException($"A recording has no '{mark.Trim()}': {text}");
}
