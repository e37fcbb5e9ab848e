using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.CommandLine.Completion;

public sealed class ShellCompletionTests : IDisposable
{
    private const string Bash = "bash";
    private const string BashWithCompletion = "bash with bash-completion";
    private const string Zsh = "zsh";
    private const string Fish = "fish";

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Interactive => [Bash, BashWithCompletion, Zsh];

    public static TheoryData<string> All => [Bash, BashWithCompletion, Zsh, Fish];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Interactive))]
    public void The_only_candidate_is_put_in(string shell)
    {
        File.WriteAllText(folder.GetPath("tasks.conf"), "[mail]\n[my task]\n[$(touch bad)]\n");

        AssertLine("bdsync run ", shell, "bdsync ru");
        AssertLine("bdsync --blocksize=", shell, "bdsync --blo");
        AssertLine("bdsync --hash=blake2s256 ", shell, "bdsync --hash=blake2s");
        AssertLine("bdsync-manager --log-level warning ", shell, "bdsync-manager --log-level w");
        AssertLine("bdsync run --config tasks.conf ", shell, "bdsync run --config tas");
        AssertLine("bdsync --undo=tasks.conf ", shell, "bdsync --undo=tas");
        AssertLine(@"bdsync run --config tasks.conf --task my\ task ", shell, "bdsync run --config tasks.conf --task my");
        AssertLine(@"bdsync run --config tasks.conf --task \$\(touch\ bad\) ", shell, @"bdsync run --config tasks.conf --task \$");
        Assert.False(File.Exists(folder.GetPath("bad")));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Several_candidates_are_shown(string shell)
    {
        File.WriteAllText(folder.GetPath("tasks.conf"), "[mail]\n[data-%(volume)s]\nvolumes = home db\n");

        AssertShows(["error", "info", "warning"], shell, "bdsync run --log-level ");
        AssertShows(["--log-level", "--log-format", "--live"], shell, "bdsync run --l");
        AssertShows(["sha512-224", "sha512-256"], shell, "bdsync --hash=sha5");
        AssertShows(["mail", "data-home", "data-db"], shell, "bdsync run --config=tasks.conf --task ");
        AssertShows(["inspect", "history", "verify"], shell, "bdsync ");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Broken_task_file_has_no_candidates(string shell)
    {
        File.WriteAllText(folder.GetPath("tasks.conf"), "[mail\n");

        var shown = new CompletedShell(folder).PressTab(shell, "bdsync run --config tasks.conf --task ma");
        Assert.DoesNotContain("mail", shown);
        Assert.DoesNotContain("error", shown, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Fish_shows_what_options_mean_and_names_of_files()
    {
        File.WriteAllText(folder.GetPath("tasks.conf"), "[my task]\n");

        Assert.Contains("--dry-run\tCompare only", new CompletedShell(folder).PressTab(Fish, "bdsync run --dr"));
        Assert.Contains("--undo=tasks.conf", new CompletedShell(folder).PressTab(Fish, "bdsync --undo=tas"));
        Assert.Contains("my task", new CompletedShell(folder).PressTab(Fish, "bdsync run --config tasks.conf --task my"));
    }

    private void AssertLine(string expected, string shell, string typed) => Assert.Contains($"line=<{expected}>", new CompletedShell(folder).PressTab(shell, typed));

    private void AssertShows(IEnumerable<string> expected, string shell, string typed)
    {
        var shown = new CompletedShell(folder).PressTab(shell, typed);
        Assert.All(expected, candidate => Assert.Contains(candidate, shown));
    }
}
