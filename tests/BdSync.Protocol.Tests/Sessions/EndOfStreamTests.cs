using BdSync.Protocol.Tests.Patching;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>The connection may end at any byte.</summary>
public class EndOfStreamTests
{
    private static readonly byte[] Local = [.. Enumerable.Range(0, 50).Select(value => (byte)value)];

    private static readonly byte[] Remote = [.. Local.Select((value, index) => index < 20 ? value : (byte)(value + 1))];

    // Everything that a client can say: hints, two passes, remote data, a checksum.
    private static readonly BdSyncClientOptions Options =
        new() { BlockSize = 4, FixedSalt = true, TwoPass = true, RemoteData = true, Checksum = "md5", FlushCache = true, Threads = 1 };

    // Length, token, and "CLIENT+xxh128+xxh64 0.5".
    private const int HelloLength = 5 + 23;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_ends_in_good_order_wherever_the_client_stops()
    {
        var (fromClient, fromServer) = await RecordAsync();
        for (var length = 0; length < fromClient.Length; length++)
        {
            var (answer, error) = await TestSession.RunServerAsync(TestSession.Serve(Remote), fromClient[..length], Cancellation);
            Assert.Contains(SessionResult.GetStatus(error), new[] { BdSyncExitStatus.Read, BdSyncExitStatus.Protocol });

            // Who has not greeted gets the greeting of a C tool's server.
            Assert.Equal(length < HelloLength ? [11, 0, 0, 0, 1, .. "SERVER 0.5"u8] : fromServer[..answer.Length], answer);
        }
    }

    [Fact]
    public async Task Client_never_writes_a_whole_patch_wherever_the_server_stops()
    {
        var (_, fromServer) = await RecordAsync();
        for (var length = 0; length < fromServer.Length; length++)
        {
            var result = await RunAsync(new MemoryStream(), length);
            Assert.Equal(BdSyncExitStatus.Read, result.ClientStatus);
            Assert.IsType<TransportException>(result.ClientError);
            await PatchCheck.IsIncompleteAsync(result.Patch);
        }
    }

    [Fact]
    public async Task A_conversation_that_is_not_cut_makes_a_whole_patch()
    {
        var result = await RunAsync(new MemoryStream(), int.MaxValue);
        Assert.Equal(ReferencePatch.Compute(Options, Remote, Local, "local"), result.Patch);
    }

    private static async Task<(byte[] FromClient, byte[] FromServer)> RecordAsync()
    {
        using var fromServer = new MemoryStream();
        var result = await RunAsync(fromServer, int.MaxValue);
        Assert.Null(result.ClientError);

        // What a client sends does not depend on when answers come, except for their order: any recording will do.
        using var fromClient = new MemoryStream();
        await RunAsync(new MemoryStream(), int.MaxValue, fromClient);
        Assert.True(fromClient.Length > 150 && fromServer.Length > 300, $"{fromClient.Length} and {fromServer.Length} bytes are too few to show anything.");
        return (fromClient.ToArray(), fromServer.ToArray());
    }

    // A session through a proxy that passes on so many bytes of the server's and then hangs up.
    private static async Task<SessionResult> RunAsync(Stream fromServer, int length, Stream? fromClient = null)
    {
        var front = new StreamPair();
        var back = new StreamPair();
        var requests = ProxyAsync(front.ServerInput, back.ClientOutput, int.MaxValue, fromClient ?? Stream.Null, back.CompleteClient);
        var answers = ProxyAsync(back.ClientInput, front.ServerOutput, length, fromServer, front.CompleteServer);
        using var local = new MemoryDevice(Local, "local");
        var result = await TestSession.RunClientAsync(new(Options), front, local, ServeAsync(back), "remote", null, null, Cancellation);
        await Task.WhenAll(requests, answers).WaitAsync(TestSession.Limit, Cancellation);
        return result;
    }

    private static async Task<Exception?> ServeAsync(StreamPair streams)
    {
        try
        {
            await new BdSyncServer(TestSession.Serve(Remote)).RunAsync(streams.ServerInput, streams.ServerOutput, Cancellation);
            return null;
        }
        catch (BdSyncException exception)
        {
            return exception;
        }
        finally
        {
            streams.CompleteServer();
        }
    }

    private static async Task ProxyAsync(Stream input, Stream output, int length, Stream recording, Action ended)
    {
        var buffer = new byte[4096];
        int read;
        while (length > 0 && (read = await input.ReadAsync(buffer.AsMemory(0, Math.Min(length, buffer.Length)), Cancellation)) > 0)
        {
            await recording.WriteAsync(buffer.AsMemory(0, read), Cancellation);
            await output.WriteAsync(buffer.AsMemory(0, read), Cancellation);
            length -= read;
        }

        ended();
        while (await input.ReadAsync(buffer, Cancellation) > 0)
        {
            // Nobody is listening any more.
        }
    }
}
