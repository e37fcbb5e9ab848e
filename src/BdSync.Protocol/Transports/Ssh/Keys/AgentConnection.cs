using System.Buffers.Binary;
using System.Net.Sockets;

namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>One request to an agent, and its answer: each is a length of four bytes and that many bytes (draft-miller-ssh-agent, section 3).</summary>
internal static class AgentConnection
{
    /// <summary>The largest message, in bytes, without its length: AGENT_MAX_LEN of OpenSSH.</summary>
    public const int MessageLengthMax = 256 * 1024;

    /// <summary>Asks.</summary>
    /// <param name="socketPath">The agent's socket.</param>
    /// <param name="request">A message, its number first.</param>
    /// <param name="cancellationToken">Ends the connection.</param>
    /// <returns>A message, its number first: never empty.</returns>
    /// <exception cref="SocketException">Nobody listens there, or the connection broke.</exception>
    /// <exception cref="ArgumentException">The path is too long for a socket.</exception>
    /// <exception cref="IOException">The agent ended the connection.</exception>
    /// <exception cref="FormatException">The length of the request, or of the answer, is not allowed.</exception>
    public static async Task<byte[]> AskAsync(string socketPath, byte[] request, CancellationToken cancellationToken)
    {
        if (request.Length > MessageLengthMax)
        {
            throw new FormatException($"The request has {request.Length} bytes, {MessageLengthMax} are allowed.");
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken).ConfigureAwait(false);
        using var stream = new NetworkStream(socket);
        await stream.WriteAsync(new SshDataWriter().AddString(request).ToArray(), cancellationToken).ConfigureAwait(false);

        var header = new byte[sizeof(uint)];
        await stream.ReadExactlyAsync(header, cancellationToken).ConfigureAwait(false);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (length is 0 or > MessageLengthMax)
        {
            throw new FormatException($"An answer of {length} bytes was announced, 1 to {MessageLengthMax} are allowed.");
        }

        var answer = new byte[length];
        await stream.ReadExactlyAsync(answer, cancellationToken).ConfigureAwait(false);
        return answer;
    }
}
