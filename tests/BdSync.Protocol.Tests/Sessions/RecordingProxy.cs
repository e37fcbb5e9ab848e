using System.Buffers.Binary;
using System.Text;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Stands between a client and a real server and keeps what the client asks; it can give the client another greeting.</summary>
/// <param name="hello">What the server gets instead of the client's Hello; null leaves it alone. That of a C tool's client makes the server answer as the C tool's.</param>
internal sealed class RecordingProxy(string? hello = null)
{
    private const byte Digests = 4;
    private readonly List<byte[]> requests = [];

    /// <summary>The block digests that the client chose, in order; to be looked at after the session.</summary>
    public IReadOnlyList<string> DigestNames => [.. requests.Where(request => request[4] == Digests).Select(GetDigestName)];

    /// <summary>The client's messages, each with its length in front.</summary>
    public IReadOnlyList<byte[]> Requests => requests;

    /// <summary>Serves the other end of a client's streams.</summary>
    public async Task<Exception?> ServeAsync(BdSyncServerOptions options, StreamPair front, CancellationToken cancellationToken)
    {
        var back = new StreamPair();
        var passing = PassRequestsAsync(front.ServerInput, back, cancellationToken);
        try
        {
            await new BdSyncServer(options).RunAsync(back.ServerInput, front.ServerOutput, cancellationToken);
            return null;
        }
        catch (BdSyncException exception)
        {
            return exception;
        }
        finally
        {
            front.CompleteServer();
            await back.ServerInput.DisposeAsync();
            await passing;
        }
    }

    // Length, token, u8 length of the salt, salt, name, NUL.
    private static string GetDigestName(byte[] message)
    {
        var name = message.AsSpan(6 + message[5]);
        return Encoding.UTF8.GetString(name[..name.IndexOf((byte)0)]);
    }

    private async Task PassRequestsAsync(Stream input, StreamPair back, CancellationToken cancellationToken)
    {
        var header = new byte[4];
        while (await input.ReadAtLeastAsync(header, 4, throwOnEndOfStream: false, cancellationToken) == 4)
        {
            var body = new byte[BinaryPrimitives.ReadInt32LittleEndian(header)];
            await input.ReadExactlyAsync(body, cancellationToken);
            requests.Add([.. header, .. body]);
            await back.ClientOutput.WriteAsync(requests.Count == 1 && hello is not null ? RawMessage.Hello(hello) : requests[^1], cancellationToken);
            await back.ClientOutput.FlushAsync(cancellationToken);
        }

        back.CompleteClient();
    }
}
