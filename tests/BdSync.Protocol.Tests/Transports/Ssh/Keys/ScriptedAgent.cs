using System.Net.Sockets;
using BdSync.Protocol.Transports.Ssh.Keys;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Transports.Ssh.Keys;

/// <summary>A socket that answers what a test wants, be it allowed or not, and keeps the requests.</summary>
internal sealed class ScriptedAgent : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Func<byte[], byte[]?> answer;
    private readonly List<Socket> silent = [];
    private readonly Task serving;

    /// <summary>Starts it.</summary>
    /// <param name="answer">Gets a request without its length; gives all bytes of the answer, the length included, or null to be silent for ever.</param>
    public ScriptedAgent(Func<byte[], byte[]?> answer)
    {
        this.answer = answer;
        listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        listener.Listen();
        serving = ServeAsync();
    }

    public string SocketPath => folder.GetPath("agent");

    public List<byte[]> Requests { get; } = [];

    /// <summary>An agent that answers each kind of request with a message.</summary>
    public static ScriptedAgent Create(byte[] identities, Func<byte[], byte[]> sign) =>
        new(request => new SshDataWriter().AddString(request[0] == (byte)AgentMessage.RequestIdentities ? identities : sign(request)).ToArray());

    /// <summary>The message that lists keys.</summary>
    public static byte[] ListKeys(params byte[][] blobs)
    {
        var writer = new SshDataWriter().AddByte((byte)AgentMessage.IdentitiesAnswer).AddUInt32((uint)blobs.Length);
        foreach (var blob in blobs)
        {
            writer.AddString(blob).AddText("a comment");
        }

        return writer.ToArray();
    }

    public void Dispose()
    {
        listener.Dispose();
        serving.Wait(TestSession.Limit);
        silent.ForEach(socket => socket.Dispose());
        folder.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync();
                try
                {
                    if (!await TryAnswerAsync(socket))
                    {
                        silent.Add(socket);
                        continue;
                    }
                }
                catch (IOException)
                {
                    // Whoever asked has seen enough.
                }

                socket.Dispose();
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task<bool> TryAnswerAsync(Socket socket)
    {
        using var stream = new NetworkStream(socket);
        var header = new byte[sizeof(uint)];
        await stream.ReadExactlyAsync(header);
        var request = new byte[new SshDataReader(header).ReadUInt32()];
        await stream.ReadExactlyAsync(request);
        Requests.Add(request);
        if (answer(request) is not { } bytes)
        {
            return false;
        }

        await stream.WriteAsync(bytes);
        return true;
    }
}
