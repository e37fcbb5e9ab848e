using System.Text.RegularExpressions;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests;

/// <summary>Which stage may know which: docs/architecture.md as a test. Namespace = folder, so the using lines tell.</summary>
public partial class LayeringTests
{
    private const string Protocol = "BdSync.Protocol";

    private static readonly string[] VagueFolders = ["Common", "Helpers", "Utils", "Internal", "Abstractions"];

    private static readonly string SourceFolder = Path.Combine(TestEnvironment.SourceFolder, "src");

    // Sessions and the root see everything.
    public static TheoryData<string, string[], string> Stages => new()
    {
        { "Devices", [], "a device is bytes and knows nobody who reads them" },
        { "Planning", [], "planning works on numbers only" },
        { "Hashing", ["Devices", "Planning", "Hashing.Lanes"], "hashing turns ranges of a device into digests" },
        { "Hashing.Lanes", ["Hashing"], "lanes hash blocks that lie in memory" },
        { "Comparing", ["Devices", "Planning", "Hashing"], "comparing turns digests into extents" },
        { "Patching", ["Devices", "Planning"], "patches are written and applied without a session, a wire or a log" },
        { "Wire", ["Planning", "Wire"], "the wire knows bytes and messages and nothing else" },
        { "Wire.Messages", ["Wire"], "the wire knows bytes and messages and nothing else" },
        { "Transports", [], "a transport is a pair of streams and knows nothing of what goes over them" },
        { "Transports.Ssh", ["Transports", "Transports.Ssh.Configuration", "Transports.Ssh.Keys", "Transports.Ssh.Trust"], "a transport is a pair of streams and knows nothing of what goes over them" },
        { "Transports.Ssh.Configuration", ["Transports", "Transports.Ssh"], "ssh_config says whom to connect to and how, and connects to nobody" },
        { "Transports.Ssh.Keys", ["Transports", "Transports.Ssh"], "keys sign whatever they are given to sign" },
        { "Transports.Ssh.Trust", ["Transports", "Transports.Ssh"], "a host's key is compared with files, whatever the connection is for" },
    };

    public static TheoryData<string> SourceFiles => [.. ListFiles().Select(path => Path.GetRelativePath(SourceFolder, path))];

    [Theory]
    [MemberData(nameof(Stages))]
    public void Stage_knows_only_what_lies_before_it(string stage, string[] allowed, string reason)
    {
        var folder = Path.Combine(SourceFolder, Protocol, Path.Combine(stage.Split('.')));
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs"))
        {
            foreach (var name in GetUsings(file))
            {
                var isOwn = name.StartsWith("BdSync.", StringComparison.Ordinal);
                var isLog = name.StartsWith("Microsoft.Extensions.Logging", StringComparison.Ordinal);
                var isAllowed = isOwn ? allowed.Any(other => name == $"{Protocol}.{other}") : !isLog;
                Assert.True(isAllowed, $"{stage}/{Path.GetFileName(file)} uses {name}: {reason}. See docs/architecture.md.");
            }

            AssertNoOtherNames(stage, file, allowed, reason);
        }
    }

    [Theory]
    [InlineData(Protocol, new string[0], "the library is there for others to use")]
    [InlineData("BdSync.Lvm", new[] { Protocol }, "LVM is a source of extents and knows no program")]
    public void Project_knows_only_those_below_it(string project, string[] allowed, string reason)
    {
        foreach (var file in ListFiles().Where(path => path.StartsWith(Path.Combine(SourceFolder, project) + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
        {
            foreach (var name in GetUsings(file).Where(name => name.StartsWith("BdSync.", StringComparison.Ordinal)))
            {
                Assert.True(
                    allowed.Append(project).Any(other => name == other || name.StartsWith(other + ".", StringComparison.Ordinal)),
                    $"{Path.GetFileName(file)} of {project} uses {name}: {reason}.");
            }
        }
    }

    [Fact]
    public void Library_never_touches_the_console()
    {
        foreach (var file in ListFiles().Where(path => !path.Contains("BdSync.Cli", StringComparison.Ordinal)))
        {
            Assert.False(ConsoleUse().IsMatch(WithoutComments(file)), $"{file} uses the console: a library reports by IProgress, ILogger and exceptions.");
        }
    }

    [Theory]
    [MemberData(nameof(SourceFiles))]
    public void File_is_short_and_lies_in_a_folder_that_says_something(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(SourceFolder, file)).Length;
        Assert.True(lines <= 400, $"{file} has {lines} lines; at most 400 are allowed, 200 are plenty.");
        Assert.DoesNotContain(file.Split(Path.DirectorySeparatorChar), folder => VagueFolders.Contains(folder, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_stage_of_the_library_is_looked_at()
    {
        var stages = Stages.Select(row => row.Data.Item1.Split('.')[0]).Append("Sessions").Distinct().Order();
        var folders = Directory.EnumerateDirectories(Path.Combine(SourceFolder, Protocol)).Select(path => Path.GetFileName(path)).Except(["bin", "obj"]).Order();
        Assert.Equal(stages, folders);
    }

    // A qualified name gets around a using line: the last words of other stages' namespaces must not appear with a dot behind.
    private static void AssertNoOtherNames(string stage, string file, string[] allowed, string reason)
    {
        var forbidden = Stages.Select(row => row.Data.Item1).Append("Sessions").Where(other => other != stage && !allowed.Contains(other));
        foreach (var other in forbidden)
        {
            Assert.False(
                Regex.IsMatch(WithoutComments(file), $@"\b{Protocol}\.{Regex.Escape(other)}\b(?!\.Messages)") && !stage.StartsWith(other, StringComparison.Ordinal),
                $"{file} names {other}: {reason}.");
        }
    }

    private static IEnumerable<string> ListFiles() =>
        Directory.EnumerateFiles(SourceFolder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(SourceFolder, path).Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj"));

    private static IEnumerable<string> GetUsings(string file) =>
        File.ReadLines(file).Select(line => UsingLine().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value);

    private static string WithoutComments(string file) => CommentLine().Replace(File.ReadAllText(file), "");

    [GeneratedRegex(@"^\s*(?:global )?using (?:static )?(?:\w+ = )?([A-Z][\w.]*)(?:<.*>)?;")]
    private static partial Regex UsingLine();

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex CommentLine();

    [GeneratedRegex(@"\bConsole\b")]
    private static partial Regex ConsoleUse();
}
