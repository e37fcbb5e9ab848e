using System.Text;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Commands;

public sealed class SyslogTests
{
    private const string Client = "SSH_CONNECTION='192.0.2.7 1 192.0.2.1 22'";

    [Fact]
    public void A_server_logs_to_syslog_and_never_to_stdout_or_stderr()
    {
        using var log = new SystemLog();

        var result = BdSyncProgram.Run("--server");

        Assert.Equal((6, ""), (result.ExitCode, result.Errors));
        Assert.Equal([11, 0, 0, 0, 1, .. "SERVER 0.5"u8], result.Output);
        Assert.Matches(@"^<27>.*: The client ended the session without a Done message\.$", log.Receive(result.ProcessId));
    }

    [Fact]
    public void A_restricted_key_is_seen_with_its_address_and_what_it_asked_for()
    {
        using var log = new SystemLog();

        var refused = BdSyncProgram.RunShell($"export {Client} SSH_ORIGINAL_COMMAND='id\n\u001b[31m'; exec {BdSyncProgram.Path} restrict --read /nothing");
        Assert.Equal(77, refused.ExitCode);
        Assert.Matches(@"^<28>.*: restrict: 192\.0\.2\.7: refused: .* It was asked for: id\\u\{A\}\\u\{1B\}\[31m$", log.Receive(refused.ProcessId));

        var allowed = BdSyncProgram.RunShell($"export SSH_CONNECTION='; x' SSH_ORIGINAL_COMMAND='bdsync --version'; exec {BdSyncProgram.Path} restrict --read /nothing");
        Assert.Equal(0, allowed.ExitCode);
        Assert.Matches(@"^<30>.*: restrict: an unknown address: asks for: bdsync --version$", log.Receive(allowed.ProcessId));
    }

    [Fact]
    public void A_restricted_server_logs_one_line_for_a_message_whatever_its_device_is_called()
    {
        using var log = new SystemLog();
        using var folder = new TemporaryFolder();
        var name = Encoding.UTF8.GetBytes(folder.CreateFile("a\nb.img", new byte[5000]));
        byte[] hello = [11, 0, 0, 0, 1, .. "CLIENT 0.5"u8], open = [(byte)(name.Length + 1), 0, 0, 0, 2, .. name];
        var input = folder.CreateFile("input", [.. hello, .. open]);

        var result = BdSyncProgram.RunShell($"export {Client} SSH_ORIGINAL_COMMAND='bdsync --server -vvv'; exec {BdSyncProgram.Path} restrict --read '{folder.FullPath}/*.img' <{input}");

        var lines = new[] { log.Receive(result.ProcessId), log.Receive(result.ProcessId), log.Receive(result.ProcessId) };
        Assert.All(lines, line => Assert.Contains("restrict: 192.0.2.7: ", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain('\n', line));
        Assert.Contains(lines, line => line.Contains(@"a\u{A}b.img", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_for_undoing_is_seen_even_where_the_command_is_too_long_to_be_shown()
    {
        using var log = new SystemLog();
        using var folder = new TemporaryFolder();
        var undo = folder.GetPath("hidden.bdsync");

        var result = BdSyncProgram.RunShell(
            $"export {Client} SSH_ORIGINAL_COMMAND='bdsync -{new string('v', 400)} --patch --undo={undo}'; exec {BdSyncProgram.Path} restrict --write '{folder.FullPath}/*.img' --patches {folder.FullPath} </dev/null");

        Assert.DoesNotContain("hidden", log.Receive(result.ProcessId), StringComparison.Ordinal);
        Assert.EndsWith($"{undo} is to take the patch back.", log.Receive(result.ProcessId), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_syslog_a_server_is_quiet()
    {
        TestEnvironment.Require(!File.Exists(SystemLog.Path), "There is a /dev/log here.");
        var result = BdSyncProgram.Run("--server", "-vv");

        Assert.Equal((6, ""), (result.ExitCode, result.Errors));
    }
}
