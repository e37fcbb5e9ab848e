using System.Net.Sockets;
using System.Text;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Commands;

/// <summary>A /dev/log of the test's own, as a syslogd has it.</summary>
internal sealed class SystemLog : IDisposable
{
    public const string Path = "/dev/log";

    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };

    /// <summary>Makes it. Skips the test where that can't be.</summary>
    public SystemLog()
    {
        TestEnvironment.Require(Environment.IsPrivilegedProcess && !File.Exists(Path), "This test makes a /dev/log of its own: it needs root and none there.");
        socket.Bind(new UnixDomainSocketEndPoint(Path));
    }

    /// <summary>The next message of a process; servers of other tests may log at the same time.</summary>
    public string Receive(int processId)
    {
        var buffer = new byte[65536];
        string message;
        do
        {
            message = Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
        }
        while (!message.Contains($"bdsync[{processId}]", StringComparison.Ordinal));
        return message;
    }

    public void Dispose()
    {
        socket.Dispose();
        File.Delete(Path);
    }
}
