using System.Text.RegularExpressions;
using BdSync.Interop.Tests.Programs;
using BdSync.Interop.Tests.Ssh;
using BdSync.TestUtilities.Ssh;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>What <c>bdsync run</c> and <c>--progress=bar</c> show on a terminal, and that they show none of it elsewhere.</summary>
public sealed partial class TaskViewTests : IDisposable
{
    /// <summary>All that moves the cursor starts so.</summary>
    private const string Sequence = "\x1b[";

    private const string Heading = "task  phase     progress";

    private readonly TaskFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_run_is_shown_with_its_log_above()
    {
        folder.Configure("verify = yes", "run_after = sleep 0.6");

        var text = (await RunInTerminalAsync("--log-level info")).ShouldExitWith(0).OutputText;

        Assert.Contains(Heading, WithoutSequences(text), StringComparison.Ordinal);
        Assert.Contains("[Task data] INFO: Verified: source and target are equal.\r\n", text, StringComparison.Ordinal);
        Assert.Matches("data  done .* 0:0[0-9]", WithoutSequences(text.Split('\n')[^2]));
        OnlyTheUsualSequencesAreIn(text);
        folder.TargetShouldBeNew();
    }

    [Theory]
    [InlineData("--live never", "")]
    [InlineData("--log-format json", "")]
    [InlineData("", "TERM=dumb")]
    [InlineData("", "TERM=")]
    public async Task There_is_no_view_where_it_is_not_wanted(string options, string environment)
    {
        folder.Configure();

        var text = (await RunInTerminalAsync(options, environment)).ShouldExitWith(0).OutputText;

        Assert.Equal("", text);
    }

    [Fact]
    public async Task The_summary_follows_the_view()
    {
        folder.Configure();

        await using var terminal = PseudoTerminal.Start(folder.Work, $"{Tool.Ours} run --config {folder.Work["tasks.conf"]}", columns: 50);
        var lines = WithoutSequences((await terminal.WaitAsync()).ShouldExitWith(0).OutputText).Split('\n');

        Assert.Matches(@"^Task +Result +Differs +Patch +Time$", lines[^5]);
        Assert.Matches("^Total: 1  1 of 1 ok ", lines[^2]);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 50));
    }

    [Fact]
    public async Task There_is_no_view_in_a_pipe()
    {
        folder.Configure("run_before = sleep 0.6");

        var result = (await folder.RunAsync()).ShouldExitWith(0);

        Assert.Equal("", result.Errors + result.OutputText);
    }

    [Fact]
    public async Task Under_the_name_of_bdsync_manager_it_has_to_be_asked_for()
    {
        folder.Configure();
        File.CreateSymbolicLink(folder.Work["bdsync-manager"], Tool.Ours);
        await using var plain = PseudoTerminal.Start(folder.Work, $"./bdsync-manager --config {folder.Work["tasks.conf"]}");
        Assert.Equal("", (await plain.WaitAsync()).ShouldExitWith(0).OutputText);

        await using var shown = PseudoTerminal.Start(folder.Work, $"./bdsync-manager --config {folder.Work["tasks.conf"]} --live=auto");
        Assert.Contains(Heading, WithoutSequences((await shown.WaitAsync()).ShouldExitWith(0).OutputText), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_colours_and_with_Ascii_only_it_is_still_there()
    {
        folder.Configure("bandwidth_limit = 20k");

        var text = (await RunInTerminalAsync("", "NO_COLOR=1 LANG=C", columns: 60)).ShouldExitWith(0).OutputText;

        Assert.Contains("compare   ", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\x1b\[[0-9;]*m", text);
        Assert.True(text.All(char.IsAscii), text);
        Assert.All(text.Split('\n'), line => Assert.InRange(WithoutSequences(line).TrimEnd().Length, 0, 59));
    }

    [Fact]
    public async Task Its_lines_take_the_place_of_those_of_progress()
    {
        folder.Configure("client_args = --progress", "bandwidth_limit = 200k");
        Assert.DoesNotContain("PROGRESS:", (await RunInTerminalAsync("")).ShouldExitWith(0).OutputText, StringComparison.Ordinal);

        folder.Work.Write("target", folder.Devices.Target);
        Assert.Contains("PROGRESS:100%", (await RunInTerminalAsync("--live=never")).ShouldExitWith(0).OutputText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\x03", 0)]
    [InlineData("", 15)]
    public async Task A_signal_leaves_a_clean_terminal(string typed, int signal)
    {
        folder.Configure("bandwidth_limit = 1k");
        await using var terminal = Start("");
        await terminal.WaitForAsync("compare");

        await terminal.TypeAsync(typed);
        if (signal != 0)
        {
            terminal.Signal(signal);
        }

        var text = (await terminal.WaitAsync()).ShouldExitWith(4).OutputText;
        Assert.Contains("[Task data] ERROR: Terminated via user input\r\n", text, StringComparison.Ordinal);
        Assert.Contains("stopped", text.Split('\n')[^2], StringComparison.Ordinal);
        Assert.EndsWith("\n" + Sequence + "0J", text, StringComparison.Ordinal);
        OnlyTheUsualSequencesAreIn(text);
        Assert.Empty(folder.Patches);
    }

    [Fact]
    public async Task It_makes_way_for_a_passphrase()
    {
        using var host = new SshHost();
        var key = SshKeyPair.Create(host.GetPath("locked"), passphrase: "correct horse");
        host.Server.Authorize(key);
        folder.Configure($"connection = {SshHost.Address}", $"bdsync_args = --ssh-config={host.Configure("locked-config", host.Server.Port, $"IdentityFile {key.Path}")}");
        await using var terminal = Start("");
        await terminal.WaitForAsync("assphrase");
        var asked = terminal.Shown;

        // Time for a view that doesn't wait to draw over the question.
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        Assert.Equal(asked, terminal.Shown);
        await terminal.TypeAsync("correct horse\n");

        var text = (await terminal.WaitAsync()).ShouldExitWith(0).OutputText;
        Assert.DoesNotContain("correct horse", text, StringComparison.Ordinal);
        Assert.Contains("done", text.Split('\n')[^2], StringComparison.Ordinal);
        folder.TargetShouldBeNew();
    }

    [Fact]
    public async Task A_single_comparison_has_a_bar()
    {
        await using var terminal = PseudoTerminal.Start(folder.Work, $"{Tool.Ours} --progress=bar '{Tool.Ours} --server' source target > patch");

        var text = (await terminal.WaitAsync()).ShouldExitWith(0).OutputText;

        Assert.Contains("phase     progress", WithoutSequences(text), StringComparison.Ordinal);
        Assert.Matches("done.*100%", text.Split('\n')[^2]);
        (await folder.Work.RunAsync("sh", ["-c", $"{Tool.Ours} --patch < patch"])).ShouldExitWith(0);
        folder.TargetShouldBeNew();
    }

    [Fact]
    public async Task A_single_comparison_in_a_pipe_has_lines()
    {
        var result = (await folder.Work.RunAsync(Tool.Ours, ["--progress=bar", "--local", "source", "target"])).ShouldExitWith(0);

        Assert.Matches(@"^bdsync: 100%, [0-9.]+[A-Za-z]+ compared in 0:\d\d, [0-9.]+[A-Za-z]+ differ\n$", result.Errors);
    }

    // Nothing that a terminal keeps: no hidden cursor, no other mode, no other screen.
    private static void OnlyTheUsualSequencesAreIn(string text) => Assert.DoesNotContain('\x1b', UsualSequences().Replace(text, ""));

    private static string WithoutSequences(string text) => UsualSequences().Replace(text, "").Replace("\r", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\x1b\[[0-9;]*[AJKm]")]
    private static partial Regex UsualSequences();

    private async Task<ProgramResult> RunInTerminalAsync(string options, string environment = "", int columns = 80)
    {
        await using var terminal = Start(options, environment, columns);
        return await terminal.WaitAsync();
    }

    // The table that follows is no view.
    private PseudoTerminal Start(string options, string environment = "", int columns = 80) =>
        PseudoTerminal.Start(folder.Work, $"{Tool.Ours} run --config {folder.Work["tasks.conf"]} --summary=false {options}", environment, columns);
}
