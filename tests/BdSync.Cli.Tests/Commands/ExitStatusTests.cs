using System.Text;

namespace BdSync.Cli.Tests.Commands;

public sealed class ExitStatusTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("bdsync-test-").FullName;
    private readonly string device;
    private readonly string server = $"{BdSyncProgram.Path} --server";

    public ExitStatusTests()
    {
        device = Path.Combine(folder, "device");
        File.WriteAllBytes(device, new byte[10_000]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void No_arguments_show_the_usage_on_stdout()
    {
        var result = BdSyncProgram.Run();

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.StartsWith("Keeps block devices", Encoding.UTF8.GetString(result.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_shown()
    {
        var result = BdSyncProgram.Run("--version");

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^bdsync \d+\.\d+\.\d+ \(BdSync for \.NET; protocol 0\.5, patch format 0\.3\)\n$", Encoding.UTF8.GetString(result.Output));
    }

    [Fact]
    public void A_wrong_option_shows_the_usage_on_stderr()
    {
        var result = BdSyncProgram.Run("--bogus");

        Assert.Equal((1, 0), (result.ExitCode, result.Output.Length));
        Assert.StartsWith("bdsync: unrecognized option '--bogus'\n", result.Errors, StringComparison.Ordinal);
        Assert.Contains("Usage:", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--hash=nope", 1)]
    [InlineData("--hash=md4", 1)]
    [InlineData("--hash=whirlpool", 1)]
    [InlineData("--checksum=nope", 5)]
    [InlineData("--checksum=MD4", 5)]
    [InlineData("--blocksize=0", 1)]
    [InlineData("--blocksize=-4096", 1)]
    public void A_refused_value_ends_with_its_status_before_anything_is_started(string option, int status)
    {
        var marker = Path.Combine(folder, "started");
        var result = BdSyncProgram.Run(option, $"touch {marker}", device, device);

        Assert.Equal((status, 0), (result.ExitCode, result.Output.Length));
        AssertOneLine(result.Errors);
        Assert.False(File.Exists(marker));
    }

    [Fact]
    public void A_local_device_that_is_missing_ends_with_12()
    {
        var result = BdSyncProgram.Run(server, Path.Combine(folder, "missing"), device);

        Assert.Equal(12, result.ExitCode);
        AssertOneLine(result.Errors);
    }

    [Fact]
    public void A_remote_device_that_is_missing_ends_with_6()
    {
        var result = BdSyncProgram.Run(server, device, Path.Combine(folder, "missing"));

        Assert.Equal((6, 0), (result.ExitCode, result.Output.Length));
        Assert.Contains("unable to open its device", result.Errors, StringComparison.Ordinal);
        Assert.Contains("exit status 12", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_remote_command_that_cannot_be_started_ends_with_8()
    {
        var result = BdSyncProgram.Run(Path.Combine(folder, "missing-command"), device, device);

        Assert.Equal(8, result.ExitCode);
        AssertOneLine(result.Errors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("sh -c 'unterminated")]
    public void A_remote_command_that_makes_no_sense_ends_with_1(string command) =>
        Assert.Equal(1, BdSyncProgram.Run(command, device, device).ExitCode);

    [Fact]
    public void The_exit_status_of_the_remote_command_is_passed_on_and_the_patch_is_whole()
    {
        var result = BdSyncProgram.Run($"sh -c '{server}; exit 9'", device, device);

        Assert.Equal(9, result.ExitCode);
        Assert.Equal(0, BdSyncProgram.Run(result.Output, ["--patch"]).ExitCode);
    }

    [Fact]
    public void What_the_remote_command_says_is_relayed_even_without_an_end_of_line()
    {
        var result = BdSyncProgram.Run($"sh -c 'echo one >&2; printf \"t\\033wo\" >&2; exec {server}'", device, device);

        Assert.Equal((0, "RMTERR: one\nRMTERR: two\n"), (result.ExitCode, result.Errors));
    }

    // Signal 13 is bit 12: a pipeline of the remote command must end when nobody reads any more.
    [Fact]
    public void The_remote_command_does_not_inherit_that_broken_pipes_are_ignored()
    {
        var result = BdSyncProgram.Run($"sh -c 'grep SigIgn /proc/self/status >&2; exec {server}'", device, device);

        Assert.Equal((0, "RMTERR: SigIgn:0000000000000000\n"), (result.ExitCode, result.Errors));
    }

    [Fact]
    public void Input_that_is_no_patch_ends_with_2()
    {
        var result = BdSyncProgram.Run("nonsense that is long enough to hold a header"u8.ToArray(), ["--patch"]);

        Assert.Equal(2, result.ExitCode);
        AssertOneLine(result.Errors);
    }

    [Fact]
    public void A_patch_says_its_checksum_and_warns_of_another_name()
    {
        var other = Path.Combine(folder, "other");
        File.WriteAllBytes(other, Encoding.ASCII.GetBytes(new string('x', 10_000)));
        var patch = BdSyncProgram.Run("--checksum=MD5", server, device, device).Output;

        var result = BdSyncProgram.Run(patch, [$"--patch={other}", "--warndev"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Matches($"^Warning: different device names parameter={other} data={device}\nchecksum\\[MD5\\]: [0-9a-f]{{32}}\n$", result.Errors);
    }

    [Fact]
    public void Output_that_cannot_be_written_ends_with_9()
    {
        File.WriteAllBytes(device + "2", [.. Enumerable.Repeat((byte)1, 10_000)]);
        var result = BdSyncProgram.RunShell($"{BdSyncProgram.Path} '{server}' {device} {device}2 > /dev/full");

        Assert.Equal(9, result.ExitCode);
        AssertOneLine(result.Errors);
    }

    [Fact]
    public void Patches_in_one_redirection_follow_each_other()
    {
        var both = Path.Combine(folder, "both");
        var one = $"{BdSyncProgram.Path} '{server}' {device} {device}";

        Assert.Equal(0, BdSyncProgram.RunShell($"{{ {one}; {one}; }} > {both}").ExitCode);

        var single = BdSyncProgram.Run(server, device, device).Output;
        Assert.Equal([.. single, .. single], File.ReadAllBytes(both));
    }

    private static void AssertOneLine(string errors)
    {
        Assert.StartsWith("bdsync: ", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd('\n').Split('\n'));
    }
}
