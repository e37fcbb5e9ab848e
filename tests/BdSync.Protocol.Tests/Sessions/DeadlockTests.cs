using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Two peers with narrow pipes do not wait for each other for ever, and stop when they are told to.</summary>
public class DeadlockTests
{
    private static readonly byte[] Local = Create(1);

    private static readonly byte[] Remote = Create(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(1, true, true)]
    [InlineData(100, true, false)]
    [InlineData(5000, false, true)]
    public async Task Narrow_pipes_are_wide_enough(int capacity, bool remoteData, bool twoPass)
    {
        var options = new BdSyncClientOptions { BlockSize = 512, RemoteData = remoteData, TwoPass = twoPass, Checksum = "md5", Threads = 3 };
        var result = await RunAsync(options, new StreamPair(capacity), Cancellation, Cancellation);
        Assert.Null(result.ClientError);
        Assert.Null(result.ServerError);
        var (source, target, name) = remoteData ? (Remote, Local, "local") : (Local, Remote, "remote");
        Assert.Equal(ReferencePatch.Compute(options, source, target, name), result.Patch);
    }

    [Fact]
    public async Task Client_can_be_cancelled_at_any_time()
    {
        for (var delay = 0; delay < 30; delay++)
        {
            using var stop = new CancellationTokenSource(delay);
            var result = await RunAsync(new() { BlockSize = 512, TwoPass = true, RemoteData = delay % 2 == 0 }, new StreamPair(2000), stop.Token, Cancellation);
            Assert.True(result.ClientError is null or OperationCanceledException, $"{result.ClientError}");
        }
    }

    [Fact]
    public async Task Server_can_be_cancelled_at_any_time()
    {
        for (var delay = 0; delay < 30; delay++)
        {
            using var stop = new CancellationTokenSource(delay);
            var result = await RunAsync(new() { BlockSize = 512, TwoPass = true, RemoteData = delay % 2 == 0 }, new StreamPair(), Cancellation, stop.Token);
            Assert.True(result.ServerError is null or OperationCanceledException, $"{result.ServerError}");
            Assert.True(result.ClientStatus is BdSyncExitStatus.Success or BdSyncExitStatus.Read);
        }
    }

    private static async Task<SessionResult> RunAsync(BdSyncClientOptions options, StreamPair streams, CancellationToken client, CancellationToken server)
    {
        using var local = new MemoryDevice(Local, "local");
        var serving = ServeAsync(streams, server);
        return await TestSession.RunClientAsync(new(options), streams, local, serving, "remote", null, null, client);
    }

    private static async Task<Exception?> ServeAsync(StreamPair streams, CancellationToken cancellationToken)
    {
        try
        {
            await new BdSyncServer(TestSession.Serve(Remote)).RunAsync(streams.ServerInput, streams.ServerOutput, cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is BdSyncException or OperationCanceledException)
        {
            return exception;
        }
        finally
        {
            streams.CompleteServer();
        }
    }

    // Every third kilobyte differs.
    private static byte[] Create(byte seed)
    {
        var content = new byte[300_000];
        new Random(7).NextBytes(content);
        for (var offset = 0; offset + 1024 < content.Length; offset += 3 * 1024)
        {
            content.AsSpan(offset, 1024).Fill(seed);
        }

        return content;
    }
}
