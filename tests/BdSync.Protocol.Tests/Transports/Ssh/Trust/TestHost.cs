using BdSync.Protocol.Transports.Ssh;

namespace BdSync.Protocol.Tests.Transports.Ssh.Trust;

internal static class TestHost
{
    public static SshHostSettings Create(string hostName, int port, string file, HostKeyChecking checking = HostKeyChecking.Strict, string? alias = null) => new()
    {
        Host = hostName,
        HostName = hostName,
        Port = port,
        User = Environment.UserName,
        HostKeyAlias = alias,
        StrictHostKeyChecking = checking,
        UserKnownHostsFiles = [file],
    };
}
