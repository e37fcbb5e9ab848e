using System.Text.Json;
using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Tasks.Reports;

/// <summary><c>bdsync history</c></summary>
public sealed class HistoryTests : IDisposable
{
    private readonly TaskFolder folder = new();
    private readonly ReportFiles files;

    public HistoryTests() => files = new(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_shows_runs_and_bars()
    {
        folder.WriteConfiguration(folder.GetTask("data") + folder.GetTask("bad\u001b[31m\u202e", $"target_path = {folder.Work["nothing"]}"));
        (await folder.RunAsync()).ShouldExitWith(3);
        (await folder.RunAsync("--task", "data")).ShouldExitWith(0);

        var text = (await RunAsync()).ShouldExitWith(0).OutputText;

        Assert.DoesNotContain('\u001b', text);
        Assert.Equal(2, text.Split('\n').Count(line => line.Contains("data    ", StringComparison.Ordinal) && line.Contains(" ok ", StringComparison.Ordinal)));
        Assert.Contains("bad[31m  FAILED", text, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^data +time +\S\S +\d+\.\ds +\d+\.\ds$", text);
        Assert.Matches(@"(?m)^ +differs +\S\S +0\.0B +\d+\.\dKiB$", text);
        Assert.DoesNotContain("bad", (await RunAsync("data", "--last", "1")).ShouldExitWith(0).OutputText, StringComparison.Ordinal);

        var runs = JsonSerializer.Deserialize<JsonElement[]>((await RunAsync("--json")).ShouldExitWith(0).OutputText)!;
        Assert.Equal([3, 0], runs.Select(run => run.GetProperty("exit_status").GetInt32()));
        Assert.All(runs, ReportFiles.ShouldFit);
    }

    [Fact]
    public async Task Damaged_and_foreign_files_are_passed_over()
    {
        folder.Configure();
        (await folder.RunAsync()).ShouldExitWith(0);
        var good = Assert.Single(files.History);
        var text = await File.ReadAllTextAsync(good, TestContext.Current.CancellationToken);
        var number = 0;
        foreach (var damaged in new[] { "", "{", "null", "[]", text[..^2], text.Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal), text.Replace("\"success\"", "\"splendid\"", StringComparison.Ordinal), text.Replace("\"tasks\":[", "\"tasks\":[null,", StringComparison.Ordinal) })
        {
            folder.Work.Write($"state/run-20991231T000000{number:000}Z-0000000{number++}.json", System.Text.Encoding.UTF8.GetBytes(damaged));
        }

        folder.Work.Write("state/notes.txt", "mine"u8);
        (await folder.Work.RunAsync("mkfifo", [folder.Work["state/run-20991231T000001000Z-00000000.json"]])).ShouldExitWith(0);

        var result = (await RunAsync("data")).ShouldExitWith(0);

        Assert.Equal(number + 1, result.ErrorLines.Count(line => line.Contains("is passed over", StringComparison.Ordinal)));
        Assert.Contains(" ok ", result.OutputText, StringComparison.Ordinal);
        Assert.Empty((await folder.RunAsync(files.Options)).ShouldExitWith(0).Errors);
        File.Delete(folder.Work["target"]);
        (await folder.RunAsync(files.Options)).ShouldExitWith(3);
        Assert.Equal("mine"u8.ToArray(), folder.Work.Read("state/notes.txt"));
    }

    [Fact]
    public async Task A_folder_that_can_not_be_written_is_a_warning()
    {
        folder.Configure();
        folder.Work.Write("file", []);

        var result = (await folder.RunAsync("--state", folder.Work["file"])).ShouldExitWith(0);

        Assert.Contains("could not be added to the history", result.Errors, StringComparison.Ordinal);
        folder.TargetShouldBeNew();
    }

    [Theory]
    [InlineData(1, "--nonsense")]
    [InlineData(1, "--last", "0")]
    [InlineData(1, "--last", "many")]
    [InlineData(1, "a", "--json", "b")]
    [InlineData(0)]
    [InlineData(0, "nothing")]
    public async Task Command_lines(int status, params string[] words)
    {
        var result = (await RunAsync(words)).ShouldExitWith(status);

        Assert.Empty(result.Output);
        Assert.NotEmpty(result.Errors);
    }

    private Task<ProgramResult> RunAsync(params string[] words) => folder.Work.RunAsync(Tool.Ours, ["history", .. words]);
}
