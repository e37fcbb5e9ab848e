using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>The subcommands stand beside the command line of the C tool without changing it.</summary>
public sealed class SubcommandTests : IDisposable
{
    private readonly TaskFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("run", "{0}", "source", "target")]
    [InlineData("tasks", "{0}", "source", "target")]
    [InlineData("run", "{0}", "source", "target", "--hash=md5")]
    [InlineData("run", "{0}", "-t", "source", "--", "target")]
    [InlineData("run", "{0}", "--hash=md5", "source", "target")]
    public async Task A_remote_command_may_have_their_names(string name, params string[] words)
    {
        // The C tool looks for it in PATH, and so does this program.
        folder.Work.WriteScript(name, $"exec {Tool.Ours} --server");
        var line = string.Join(' ', words).Replace("{0}", name, StringComparison.Ordinal);

        var result = (await folder.Work.RunAsync("sh", ["-c", $"PATH=.:$PATH; exec {Tool.Ours} {line}"])).ShouldExitWith(0);

        (await folder.Work.RunAsync(Tool.Ours, ["--patch"], result.Output)).ShouldExitWith(0);
        folder.TargetShouldBeNew();
    }

    [Fact]
    public async Task Words_that_are_no_comparison_are_theirs()
    {
        folder.Configure();
        Assert.Contains("--dry-run", (await folder.Work.RunAsync(Tool.Ours, ["run", "--help"])).ShouldExitWith(0).OutputText, StringComparison.Ordinal);
        Assert.Contains("--check", (await folder.Work.RunAsync(Tool.Ours, ["tasks", "--help"])).ShouldExitWith(0).OutputText, StringComparison.Ordinal);
        (await folder.Work.RunAsync(Tool.Ours, ["run", "--config", folder.Work["tasks.conf"]])).ShouldExitWith(0);
        folder.TargetShouldBeNew();
    }
}
