using System.Text.RegularExpressions;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>What a run by bdsync-manager, or by this program under its name, comes to.</summary>
/// <param name="ExitCode">The exit status.</param>
/// <param name="Log">
/// Its lines, without dates and times. Of errors the words are left out, and what follows on further lines: they are what is on purpose not the same.
/// </param>
/// <param name="Targets">The files that are there in the end, with their content.</param>
internal sealed partial record ManagerOutcome(int ExitCode, IReadOnlyList<string> Log, IReadOnlyDictionary<string, byte[]> Targets)
{
    /// <summary>Reads the log and the files of a folder.</summary>
    public static ManagerOutcome Create(int exitCode, string errors, string folder) => new(
        exitCode,
        [.. errors.Split('\n').Where(line => line.StartsWith('[')).Select(Normalize)],
        Directory.EnumerateFiles(folder).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes));

    /// <summary>Checks that another run came to the same.</summary>
    public void ShouldBe(ManagerOutcome expected)
    {
        Assert.Equal(expected.Log, Log);
        Assert.Equal(expected.ExitCode, ExitCode);
        Assert.Equal(expected.Targets.Keys.Order(), Targets.Keys.Order());
        Assert.All(expected.Targets, target => Assert.Equal(target.Value, Targets[target.Key].AsSpan()));
    }

    private static string Normalize(string line) => ErrorWords().Replace(Duration().Replace(Date().Replace(line, "] DATE - "), "TIME"), " ERROR:");

    [GeneratedRegex(@"\] \d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - ")]
    private static partial Regex Date();

    [GeneratedRegex(@"\d+:\d\d:\d\d(\.\d{6})?$")]
    private static partial Regex Duration();

    [GeneratedRegex(@"(?<=^\[Task [^\]]+\]) ERROR:.*$")]
    private static partial Regex ErrorWords();
}
