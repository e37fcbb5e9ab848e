using System.Buffers.Binary;
using System.Text;
using BdSync.Interop.Tests.Programs;
using BdSync.Interop.Tests.Ssh;
using FsCheck.Fluent;

namespace BdSync.Interop.Tests.Restriction;

/// <summary>What a stolen key can't do.</summary>
public sealed class RestrictedAttackTests(SshHost host) : IClassFixture<SshHost>
{
    private const string ForPush = "--write '{folder}/targe?' --patches {folder}/patches";
    private const int NotPermitted = 77;
    private const int SampleCount = 120;

    [Theory]
    [InlineData("cat {folder}/secret")]
    [InlineData("bdsync --server; cat {folder}/secret")]
    [InlineData("bdsync --server\ncat {folder}/secret")]
    [InlineData("bdsync --server </dev/null && cat {folder}/secret")]
    [InlineData("$(cat {folder}/secret)")]
    [InlineData("FOO=x bdsync --server")]
    [InlineData("scp -f {folder}/secret")]
    [InlineData("rsync --server --sender . {folder}/secret")]
    [InlineData("bdsync --local {folder}/secret {folder}/target")]
    [InlineData("bdsync --local --apply {folder}/secret {folder}/target")]
    [InlineData("bdsync 'cat {folder}/secret' a b")]
    [InlineData("bdsync run --config {folder}/secret")]
    [InlineData("bdsync restrict --read {folder}/secret")]
    [InlineData("bdsync inspect {folder}/secret")]
    [InlineData("bdsync --patch --force")]
    [InlineData("bdsync --patch --undo={folder}/undo.bdsync")]
    [InlineData("bdsync --patch --undo={folder}/patches/../undo.bdsync")]
    [InlineData("bdsync --patch <{folder}/secret")]
    [InlineData("[ -e {folder}/secret ]; echo $?")]
    [InlineData("[ -e {folder}/new ] || touch {folder}/new")]
    [InlineData("[ -e {folder}/target ] || touch {folder}/new")]
    [InlineData("stat -L -c %s {folder}/secret")]
    [InlineData("rm -f {folder}/secret")]
    [InlineData("rm -f {folder}/target")]
    [InlineData("sh -c 'umask 077; cat >{folder}/secret'")]
    [InlineData("sh -c 'umask 077; cat >{folder}/patches/../secret'")]
    [InlineData("for f in {folder}/s*''; do if [ -f \"$f\" ]; then printf '%s\\0' \"$f\"; fi; done; id")]
    public async Task A_command_is_refused(string line)
    {
        using var restricted = new RestrictedHost(host, ForPush);

        var result = await restricted.AskAsync(line.Replace("{folder}", restricted.Tasks.Work.Path, StringComparison.Ordinal), "x"u8.ToArray());

        // The account's shell may have something to say, too.
        Assert.StartsWith("bdsync: Refused: ", Assert.Single(result.ShouldExitWith(NotPermitted).ErrorLines, line => line.StartsWith("bdsync", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        restricted.SecretShouldBeKept();
        restricted.Tasks.TargetShouldBeOld();
        Assert.Empty(restricted.Tasks.Patches);
    }

    [Fact]
    public async Task A_shell_and_sftp_are_refused()
    {
        using var restricted = new RestrictedHost(host, ForPush);
        var work = restricted.Tasks.Work;

        var shell = await work.RunAsync("ssh", ["-F", restricted.Configuration, SshHost.Name]);
        Assert.Contains("bdsync: Refused: There is no command", shell.ShouldExitWith(NotPermitted).Errors, StringComparison.Ordinal);
        Assert.NotEqual(0, (await work.RunAsync("sftp", ["-F", restricted.Configuration, "-b", "/dev/null", SshHost.Name])).ExitCode);
        Assert.NotEqual(0, (await work.RunAsync("scp", ["-F", restricted.Configuration, $"{SshHost.Name}:{work["secret"]}", "stolen"])).ExitCode);
        Assert.False(File.Exists(work["stolen"]));
    }

    [Theory]
    [InlineData("{folder}/secret")]
    [InlineData("{folder}/patches/../secret")]
    [InlineData("{folder}//target")]
    [InlineData("{folder}/target/")]
    [InlineData("{folder}/TARGET")]
    [InlineData("{folder}/targe1")]
    [InlineData("{folder}/targe2")]
    [InlineData("/dev/fd/3")]
    [InlineData("/proc/self/fd/0")]
    [InlineData("../../etc/passwd")]
    public async Task A_device_is_refused_by_the_server_and_in_a_patch(string device)
    {
        using var restricted = new RestrictedHost(host, ForPush);
        var work = restricted.Tasks.Work;
        File.CreateSymbolicLink(work["targe1"], work["secret"]);
        Directory.CreateDirectory(work["targe2"]);
        var path = device.Replace("{folder}", work.Path, StringComparison.Ordinal);

        var read = await work.RunAsync(Tool.Ours, ["--remdata", "--diffsize", restricted.ServerCommand, "/dev/null", path]);
        Assert.Contains("RMTERR: bdsync: Refused: ", read.ShouldExitWith(6).Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret that", read.OutputText, StringComparison.Ordinal);

        var written = await restricted.AskAsync("bdsync --patch --diffsize=resize", CreatePatch(path));
        Assert.Contains("bdsync: Refused: ", written.ShouldExitWith(NotPermitted).Errors, StringComparison.Ordinal);
        (await restricted.AskAsync($"bdsync '--patch={path}' --diffsize=resize", CreatePatch(work["target"]))).ShouldExitWith(NotPermitted);
        restricted.SecretShouldBeKept();
        restricted.Tasks.TargetShouldBeOld();
    }

    [Fact]
    public async Task A_key_for_reading_writes_nothing()
    {
        using var restricted = new RestrictedHost(host, "--read {folder}/target");
        var work = restricted.Tasks.Work;

        (await restricted.AskAsync("bdsync --patch --diffsize=resize", CreatePatch(work["target"]))).ShouldExitWith(NotPermitted);
        (await restricted.AskAsync($"sh -c 'umask 077; cat >{work["patches"]}/a.bdsync'", "x"u8.ToArray())).ShouldExitWith(NotPermitted);
        restricted.Tasks.TargetShouldBeOld();
        Assert.Empty(restricted.Tasks.Patches);
    }

    [Fact]
    public async Task A_name_of_a_megabyte_or_without_a_text_is_refused()
    {
        using var restricted = new RestrictedHost(host, ForPush);
        foreach (var name in new[] { new byte[1024 * 1024], Enumerable.Repeat((byte)'a', 100_000).ToArray(), [0xFF, 0xFE, (byte)'/'], [.. Encoding.UTF8.GetBytes(restricted.Tasks.Work["target"]), 0, (byte)'x'] })
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(length, name.Length + 1);
            byte[] session = [11, 0, 0, 0, 1, .. "CLIENT 0.5"u8, .. length, 2, .. name];

            var result = await restricted.AskAsync("bdsync --server", session);

            Assert.Contains(result.ExitCode, new[] { 4, 6, NotPermitted });
            Assert.Single(result.ErrorLines, line => line.StartsWith("bdsync: ", StringComparison.Ordinal));
            Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
            Assert.InRange(result.Output.Length, 0, 50);
        }
    }

    [Fact]
    public async Task Variables_do_not_matter()
    {
        using var restricted = new RestrictedHost(host, ForPush);
        var work = restricted.Tasks.Work;
        string[] variables = ["BDSYNC_VARIANT=none", $"STATE_DIRECTORY={work.Path}", $"HOME={work.Path}", "TERM=xterm", "COLUMNS=1", "SSH_CONNECTION=\u001b[31m; id", "SSH_ORIGINAL_COMMAND=bdsync --patch --undo=/x"];

        var result = await work.RunAsync("env", [.. variables, Tool.Ours, "restrict", "--write", work["target"]], CreatePatch(work["target"]));

        Assert.DoesNotContain('\u001b', result.ShouldExitWith(NotPermitted).Errors);
        restricted.Tasks.TargetShouldBeOld();
    }

    // A patch that names the secret is the input of all of them.
    [Fact]
    public async Task Nasty_commands_change_and_show_nothing_that_is_not_allowed()
    {
        using var restricted = new RestrictedHost(host, ForPush);
        var work = restricted.Tasks.Work;
        var secret = work["secret"];
        string[] fragments =
        [
            "bdsync", "bdsync", "bdsync --server", "bdsync --patch", "bdsync --patch --diffsize", $"bdsync --patch={secret} --diffsize", $"--undo={work.Path}/new.bdsync", "--force", "-v", ";", "&&", "|", $"cat {secret}", $"cat >{secret}",
            $"rm -f {secret}", $"umask 077; cat >{secret}", $"stat -L -c %s {secret}", $"sha256sum <{secret}", $"[ -e {secret} ]; echo $?", "sh -c '", "'", "\"", "`", "$(", ")", "\n", ">", "<", secret, $"{work.Path}/patches/../secret",
            "read -r x; ", "--local", work["target"],
        ];
        var lines = Gen.Elements(fragments).ListOf().Select(parts => string.Join(' ', parts)).Sample(SampleCount).Concat(fragments.Select(fragment => $"sh -c '{fragment}'")).Append("bdsync --patch --diffsize=resize");
        await Parallel.ForEachAsync(lines, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken }, async (line, _) =>
        {
            var result = await work.RunAsync("env", [$"SSH_ORIGINAL_COMMAND={line}", Tool.Ours, "restrict", "--write", work["targe?"], "--patches", work["patches"]], CreatePatch(secret));
            Assert.True(result.ExitCode != 0 || !result.OutputText.Contains("secret", StringComparison.Ordinal), line);
            Assert.DoesNotContain("secret that", result.OutputText + result.Errors, StringComparison.Ordinal);
            Assert.True(result.ExitCode is not 70, $"{line}: {result.Errors}");
        });

        restricted.SecretShouldBeKept();
        restricted.Tasks.TargetShouldBeOld();
        Assert.Empty(restricted.Tasks.Patches);
        Assert.Equal(["key", "key.pub", "patches", "secret", "source", "target"], Directory.EnumerateFileSystemEntries(work.Path).Select(Path.GetFileName).Where(name => name != "state").Order(StringComparer.Ordinal));
    }

    private static byte[] CreatePatch(string device)
    {
        var name = Encoding.UTF8.GetBytes(device);
        var patch = new List<byte>("BDSYNC 0.3\n"u8.ToArray());
        var number = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, 5);
        patch.AddRange(number);
        patch.AddRange([(byte)name.Length, (byte)(name.Length >> 8), .. name]);
        patch.AddRange([.. new byte[8], 5, 0, .. "OWNED"u8, .. new byte[10], 0]);
        return [.. patch];
    }
}
