using Renci.SshNet;

namespace BdSync.Protocol.Transports.Ssh;

/// <summary>A port of this machine that leads through a jump host to the next one. It is open to all users of this machine as long as the connection lasts.</summary>
internal sealed class JumpPort
{
    public const string Host = "127.0.0.1";

    private readonly ForwardedPortLocal port;
    private readonly string name;
    private string? problem;

    private JumpPort(ForwardedPortLocal port, string name)
    {
        this.port = port;
        this.name = name;
        port.Exception += (_, failed) => problem = failed.Exception.Message;
    }

    public int Port => (int)port.BoundPort;

    /// <summary>Opens a port.</summary>
    /// <param name="through">The connection to the jump host.</param>
    /// <param name="target">Where it leads to.</param>
    /// <param name="opened">Receives what has to be disposed of.</param>
    public static JumpPort Open(SshClient through, SshHostSettings target, Stack<IDisposable> opened)
    {
        var port = new ForwardedPortLocal(Host, 0, target.HostName, (uint)target.Port);
        through.AddForwardedPort(port);
        opened.Push(port);
        port.Start();
        return new(port, $"{through.ConnectionInfo.Username}@{through.ConnectionInfo.Host}:{through.ConnectionInfo.Port}");
    }

    /// <summary>Names the jump host, and what it had against it, if that is known.</summary>
    public override string ToString() => problem is null ? name : $"{name}, which says: {problem}";
}
