using System.Text.Json;
using BdSync.Interop.Tests.Processes;
using BdSync.Interop.Tests.Programs;
using BdSync.Interop.Tests.Scenarios;

namespace BdSync.Interop.Tests.Verification;

/// <summary><c>bdsync verify</c> as a program: what it finds, how it ends, and that it writes nothing but what it was asked for.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly WorkFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public async Task The_patch_that_mends_it_makes_devices_equal_and_the_next_check_says_so(Implementation server)
    {
        var pair = Prepare("odd");
        string[] command = ["verify", "--blocksize=512", "--repair-patch", "repair", Tool.ServerCommand(server), "local", "remote"];

        var result = (await folder.RunAsync(Tool.Ours, command)).ShouldExitWith(14);

        Assert.Contains("differ", result.OutputText, StringComparison.Ordinal);
        Assert.Contains("512 bytes at 0\n", result.OutputText, StringComparison.Ordinal);
        Assert.Equal(pair.Target, folder.Read("remote"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["repair"]));
        (await folder.RunAsync(Tool.Ours, ["--patch"], folder.Read("repair"))).ShouldExitWith(0);
        Assert.Equal(pair.Source, folder.Read("remote"));
        File.Delete(folder["repair"]);
        Assert.Contains("are the same", (await folder.RunAsync(Tool.Ours, command)).ShouldExitWith(0).OutputText, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["repair"]));
    }

    [Fact]
    public async Task Lines_of_JSON_have_all_extents_and_people_see_some()
    {
        folder.Write("local", new byte[400_000]);
        var remote = new byte[400_000];
        for (var offset = 0; offset < remote.Length; offset += 1024)
        {
            remote[offset] = 1;
        }

        folder.Write("remote", remote);
        var text = (await folder.RunAsync(Tool.Ours, ["verify", "--blocksize=512", "--local", "local", "remote"])).ShouldExitWith(14).OutputText;
        Assert.Contains("… and 371 more", text, StringComparison.Ordinal);
        Assert.Equal(22, text.Count(character => character == '\n'));

        var lines = (await folder.RunAsync(Tool.Ours, ["verify", "--json", "--blocksize=512", "--local", "local", "remote"])).ShouldExitWith(14)
            .OutputText.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(Enumerable.Range(0, 391).Select(index => index * 1024L), lines.SkipLast(1).Select(line => line.GetProperty("offset").GetInt64()));
        Assert.Equal((391, false), (lines[^1].GetProperty("differing_blocks").GetInt64(), lines[^1].GetProperty("equal").GetBoolean()));
    }

    [Theory]
    [InlineData("longer")]
    [InlineData("slightly shorter")]
    [InlineData("from nothing")]
    public async Task Sizes_that_differ_are_a_difference_and_can_be_mended(string devices)
    {
        var pair = Prepare(devices);
        var result = (await folder.RunAsync(Tool.Ours, ["verify", "--local", "--repair-patch=repair", "local", "remote"])).ShouldExitWith(14);
        Assert.Contains($"The sizes differ: {pair.Source.Length} and {pair.Target.Length} bytes", result.OutputText, StringComparison.Ordinal);
        (await folder.RunAsync(Tool.Ours, ["--patch", "--diffsize=resize"], folder.Read("repair"))).ShouldExitWith(0);
        Assert.Equal(pair.Source, folder.Read("remote"));
    }

    [Theory]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public async Task A_sample_says_what_it_proves(Implementation server)
    {
        folder.Write("local", new byte[4_096_000]);
        folder.Write("remote", new byte[4_096_000]);
        var result = (await folder.RunAsync(Tool.Ours, ["verify", "--sample", "10%", "--answer-limit=60", Tool.ServerCommand(server), "local", "remote"])).ShouldExitWith(0);
        Assert.Contains("a sample of 100 out of 1000 blocks", result.OutputText, StringComparison.Ordinal);
        Assert.Contains("1 damaged block of 1000: noticed with a chance of 10 %", result.OutputText, StringComparison.Ordinal);
        Assert.Contains("10 damaged blocks of 1000: noticed with a chance of 65.3", result.OutputText, StringComparison.Ordinal);
        Assert.Contains("With 95 % confidence fewer than 29 blocks (2.9 %) are damaged.", result.OutputText, StringComparison.Ordinal);

        var remote = new byte[4_096_000];
        Array.Fill(remote, (byte)1);
        folder.Write("remote", remote);
        var damaged = (await folder.RunAsync(Tool.Ours, ["verify", "--sample=3", "--json", Tool.ServerCommand(server), "local", "remote"])).ShouldExitWith(14);
        Assert.Contains("\"compared_blocks\":3,\"differing_blocks\":3", damaged.OutputText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1, "--local", "local")]
    [InlineData(1, "--local", "local", "remote", "more")]
    [InlineData(1, "--local", "--fixedsalt", "local", "remote")]
    [InlineData(1, "--local", "--apply", "local", "remote")]
    [InlineData(1, "--local", "--sample=0", "local", "remote")]
    [InlineData(1, "--local", "--sample=101%", "local", "remote")]
    [InlineData(1, "--local", "--answer-limit=0", "local", "remote")]
    [InlineData(1, "--local", "--repair-patch=", "local", "remote")]
    [InlineData(1, "--local", "--task=x", "local", "remote")]
    [InlineData(1, "--config=nothing")]
    [InlineData(1, "--config=nothing", "--task=x")]
    [InlineData(1, "--blocksize=0", "--local", "local", "remote")]
    [InlineData(8, "./nothing", "local", "remote")]
    [InlineData(9, "--local", "--repair-patch=local", "local", "remote")]
    [InlineData(12, "--local", "nothing", "remote")]
    [InlineData(12, "--local", "local", "nothing")]
    public async Task Each_error_has_its_exit_status_and_leaves_nothing_behind(int status, params string[] words)
    {
        Prepare("odd");
        string[] repair = words.Any(word => word.StartsWith("--repair-patch", StringComparison.Ordinal)) ? [] : ["--repair-patch", "repair"];
        var result = (await folder.RunAsync(Tool.Ours, ["verify", .. repair, .. words])).ShouldExitWith(status);
        Assert.Empty(result.Output);
        Assert.DoesNotContain("unexpected", result.Errors, StringComparison.Ordinal);
        Assert.Equal(["local", "remote"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_late_answer_fails_the_check()
    {
        Devices.Create(folder, mebibytes: 1);
        var remote = RemoteScript.StallingServer(folder, 200);
        var result = (await folder.RunAsync(Tool.Ours, ["verify", "--answer-limit", "1", remote.Command, Devices.Source, Devices.Target])).ShouldExitWith(13);
        Assert.Contains("longer for an answer than the 1 seconds", result.ShouldExplainItselfBriefly().Errors, StringComparison.Ordinal);
        await remote.ShouldBeGoneAsync();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    public async Task A_signal_removes_the_unfinished_patch(int signal)
    {
        Devices.Create(folder);
        var remote = RemoteScript.StallingServer(folder, 50_000);
        await using var program = folder.Start(Tool.Ours, "verify", "--repair-patch=repair", remote.Command, Devices.Source, Devices.Target);
        program.CollectOutput();
        await Wait.UntilAsync(() => File.Exists(folder["repair"]) && new FileInfo(folder["repair"]).Length > 100_000, "some of the patch is written");
        program.Signal(signal);
        (await program.WaitAsync()).ShouldExitWith(128 + signal);
        Assert.False(File.Exists(folder["repair"]));
        await remote.ShouldBeGoneAsync();
    }

    private DevicePair Prepare(string devices)
    {
        var pair = DevicePair.Get(devices);
        folder.Write("local", pair.Source);
        folder.Write("remote", pair.Target);
        return pair;
    }
}
