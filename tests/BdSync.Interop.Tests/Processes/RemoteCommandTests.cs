using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Processes;

/// <summary>What the client makes of a remote command that does not do as it should.</summary>
public class RemoteCommandTests
{
    [Theory]
    [InlineData(Implementation.Ours, 9)]
    [InlineData(Implementation.Ours, 255)]
    [InlineData(Implementation.Stock, 9)]
    public async Task A_command_that_fails_after_a_good_session_leaves_a_whole_patch_and_its_status(Implementation server, int status)
    {
        var program = Tool.Require(server);
        using var folder = new WorkFolder();
        Devices.Create(folder, mebibytes: 2);
        var remote = new RemoteScript(folder, $"'{program}' --server; exit {status}");

        var result = await folder.RunAsync(Tool.Ours, [remote.Command, Devices.Source, Devices.Target]);

        result.ShouldExitWith(status);
        (await folder.RunAsync(Tool.Ours, ["--patch"], result.Output)).ShouldExitWith(0);
        Assert.Equal(folder.Read(Devices.Source), folder.Read(Devices.Target).AsSpan());
    }

    [Theory]
    [InlineData("/no/such/program")]
    [InlineData("no-such-program --server")]
    [InlineData("/etc/passwd")]
    public async Task A_command_that_cannot_be_started_is_named(string command)
    {
        var result = await RunAsync(command);

        Assert.Contains(command.Split(' ')[0], result.ShouldExitWith(8).ShouldExplainItselfBriefly().Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("printf 'Welcome to this machine!\\n'; cat >/dev/null", 6)]
    [InlineData("exec cat /dev/zero", 4)]
    [InlineData("printf '\\013\\000\\000\\000\\001SERVER 0.6'; cat >/dev/null", 4)]
    [InlineData("printf '\\013\\000\\000\\000\\001SERVER 0.5\\001\\000\\000\\000\\007'; cat >/dev/null", 4)]
    [InlineData("cat", 4)]
    public async Task A_command_that_talks_something_else_is_told_from_a_server(string script, int status)
    {
        using var folder = new WorkFolder();
        Devices.Create(folder, mebibytes: 1);
        var remote = new RemoteScript(folder, script);

        var result = await folder.RunAsync(Tool.Ours, [remote.Command, Devices.Source, Devices.Target]);

        result.ShouldExitWith(status).ShouldExplainItselfBriefly();
        Assert.Empty(result.Output);
        await remote.ShouldBeGoneAsync();
    }

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 127", 127)]
    [InlineData("printf '\\013\\000\\000\\000\\001SERV'; exit 3", 3)]
    public async Task A_command_that_ends_too_early_is_told_with_its_status(string script, int status)
    {
        using var folder = new WorkFolder();
        Devices.Create(folder, mebibytes: 1);

        var result = await folder.RunAsync(Tool.Ours, [new RemoteScript(folder, script).Command, Devices.Source, Devices.Target]);

        Assert.Contains($"exit status {status}", result.ShouldExitWith(6).ShouldExplainItselfBriefly().Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("", 100)]
    [InlineData("", 50_000)]
    [InlineData("--remdata", 5_000_000)]
    [InlineData("--checksum=md5 --twopass", 20_000)]
    public async Task A_server_that_is_killed_in_the_middle_leaves_a_patch_that_is_refused(string options, int length)
    {
        using var folder = new WorkFolder();
        Devices.Create(folder);
        var remote = RemoteScript.DyingServer(folder, length);

        var result = await folder.RunAsync(Tool.Ours, [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), remote.Command, Devices.Source, Devices.Target]);

        Assert.Contains("patch is incomplete", result.ShouldExitWith(6).ShouldExplainItselfBriefly().Errors, StringComparison.Ordinal);
        (await folder.RunAsync(Tool.Ours, ["--patch"], result.Output)).ShouldExitWith(2).ShouldExplainItselfBriefly();
    }

    [Fact]
    public async Task A_server_killed_while_the_client_waits_for_its_own_reader_is_noticed()
    {
        using var folder = new WorkFolder();
        Devices.Create(folder);
        var remote = RemoteScript.Server(folder);
        await using var client = folder.Start(Tool.Ours, remote.Command, Devices.Source, Devices.Target);
        await client.ReadOutputAsync(1_000_000);
        await Wait.ForAsync(300);

        RunningProgram.Send(await remote.GetProcessIdAsync(), 9);
        client.CollectOutput();

        (await client.WaitAsync()).ShouldExitWith(6).ShouldExplainItselfBriefly();
    }

    [Fact]
    public async Task What_the_command_says_on_standard_error_is_passed_on_line_by_line_without_control_characters()
    {
        using var folder = new WorkFolder();
        Devices.Create(folder, mebibytes: 1);
        var remote = new RemoteScript(folder, $"printf 'one\\033[31m line\\ntwo' >&2; exec '{Tool.Ours}' --server");

        var result = await folder.RunAsync(Tool.Ours, [remote.Command, Devices.Source, Devices.Target]);

        Assert.Equal(["RMTERR: one[31m line", "RMTERR: two"], result.ShouldExitWith(0).ErrorLines);
    }

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("-vvv", 0, 0)]
    [InlineData("-vvv", 6, 12)]
    public async Task A_server_says_nothing_but_the_protocol(string option, int clientStatus, int serverStatus)
    {
        using var folder = new WorkFolder();
        Devices.Create(folder, mebibytes: 1);
        var remote = new RemoteScript(folder, $"'{Tool.Ours}' --server {option} 2>server.err; echo $? >server.status");
        var target = serverStatus == 0 ? Devices.Target : "missing.img";

        (await folder.RunAsync(Tool.Ours, [remote.Command, Devices.Source, target])).ShouldExitWith(clientStatus);

        Assert.Empty(folder.Read("server.err"));
        Assert.Equal($"{serverStatus}\n", File.ReadAllText(folder["server.status"]));
    }

    private static async Task<ProgramResult> RunAsync(string command)
    {
        using var folder = new WorkFolder();
        Devices.Create(folder, mebibytes: 1);
        return await folder.RunAsync(Tool.Ours, [command, Devices.Source, Devices.Target]);
    }
}
