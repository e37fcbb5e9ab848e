using System.Net.Sockets;
using System.Text;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Commands;

public sealed class SyslogTests
{
    private const string LogSocket = "/dev/log";

    [Fact]
    public void A_server_logs_to_syslog_and_never_to_stdout_or_stderr()
    {
        TestEnvironment.Require(Environment.IsPrivilegedProcess && !File.Exists(LogSocket), "This test makes a /dev/log of its own: it needs root and none there.");
        using var log = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        log.Bind(new UnixDomainSocketEndPoint(LogSocket));
        try
        {
            log.ReceiveTimeout = 10_000;
            var result = BdSyncProgram.Run("--server");

            Assert.Equal((6, ""), (result.ExitCode, result.Errors));
            Assert.Equal([11, 0, 0, 0, 1, .. "SERVER 0.5"u8], result.Output);
            Assert.Matches(@"^<27>.*: The client ended the session without a Done message\.$", ReceiveFrom(log, result.ProcessId));
        }
        finally
        {
            File.Delete(LogSocket);
        }
    }

    [Fact]
    public void A_restricted_key_is_seen_with_its_address_and_what_it_asked_for()
    {
        TestEnvironment.Require(Environment.IsPrivilegedProcess && !File.Exists(LogSocket), "This test makes a /dev/log of its own: it needs root and none there.");
        using var log = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        log.Bind(new UnixDomainSocketEndPoint(LogSocket));
        try
        {
            log.ReceiveTimeout = 10_000;
            var refused = BdSyncProgram.RunShell($"export SSH_CONNECTION='192.0.2.7 1 192.0.2.1 22' SSH_ORIGINAL_COMMAND='id\n\u001b[31m'; exec {BdSyncProgram.Path} restrict --read /nothing");
            Assert.Equal(77, refused.ExitCode);
            Assert.Matches(@"^<28>.*: restrict: 192\.0\.2\.7: refused: .* It was asked for: id\\u\{A\}\\u\{1B\}\[31m$", ReceiveFrom(log, refused.ProcessId));

            var allowed = BdSyncProgram.RunShell($"export SSH_CONNECTION='; x' SSH_ORIGINAL_COMMAND='bdsync --version'; exec {BdSyncProgram.Path} restrict --read /nothing");
            Assert.Equal(0, allowed.ExitCode);
            Assert.Matches(@"^<30>.*: restrict: an unknown address: asks for: bdsync --version$", ReceiveFrom(log, allowed.ProcessId));
        }
        finally
        {
            File.Delete(LogSocket);
        }
    }

    [Fact]
    public void A_restricted_server_logs_one_line_for_a_message_whatever_its_device_is_called()
    {
        TestEnvironment.Require(Environment.IsPrivilegedProcess && !File.Exists(LogSocket), "This test makes a /dev/log of its own: it needs root and none there.");
        using var folder = new TemporaryFolder();
        var device = folder.CreateFile("a\nb.img", new byte[5000]);
        byte[] name = [.. Encoding.UTF8.GetBytes(device)];
        byte[] hello = [11, 0, 0, 0, 1, .. "CLIENT 0.5"u8], open = [(byte)(name.Length + 1), 0, 0, 0, 2, .. name];
        var input = folder.CreateFile("input", [.. hello, .. open]);
        using var log = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        log.Bind(new UnixDomainSocketEndPoint(LogSocket));
        try
        {
            log.ReceiveTimeout = 10_000;
            var result = BdSyncProgram.RunShell($"export SSH_CONNECTION='192.0.2.7 1 192.0.2.1 22' SSH_ORIGINAL_COMMAND='bdsync --server -vvv'; exec {BdSyncProgram.Path} restrict --read '{folder.FullPath}/*.img' <{input}");

            var lines = new[] { ReceiveFrom(log, result.ProcessId), ReceiveFrom(log, result.ProcessId), ReceiveFrom(log, result.ProcessId) };
            Assert.All(lines, line => Assert.Contains("restrict: 192.0.2.7: ", line, StringComparison.Ordinal));
            Assert.All(lines, line => Assert.DoesNotContain('\n', line));
            Assert.Contains(lines, line => line.Contains(@"a\u{A}b.img", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(LogSocket);
        }
    }

    // Servers of other tests may log at the same time.
    private static string ReceiveFrom(Socket log, int processId)
    {
        var buffer = new byte[4096];
        string message;
        do
        {
            message = Encoding.UTF8.GetString(buffer, 0, log.Receive(buffer));
        }
        while (!message.Contains($"bdsync[{processId}]", StringComparison.Ordinal));
        return message;
    }

    [Fact]
    public void Without_a_syslog_a_server_is_quiet()
    {
        TestEnvironment.Require(!File.Exists(LogSocket), "There is a /dev/log here.");
        var result = BdSyncProgram.Run("--server", "-vv");

        Assert.Equal((6, ""), (result.ExitCode, result.Errors));
    }
}
