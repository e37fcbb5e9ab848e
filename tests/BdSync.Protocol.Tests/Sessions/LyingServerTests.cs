using System.Diagnostics;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Planning;
using BdSync.Protocol.Transports;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>A server that does not have the data any more can't pass for one that has.</summary>
public class LyingServerTests
{
    private static readonly byte[] Content = Fill();

    private static readonly BdSyncClientOptions Options = new() { Sample = BlockSample.OfBlocks(50) };

    [Fact]
    public async Task One_that_has_it_passes()
    {
        var result = await VerifyAsync(Options, Honest);
        Assert.True(result.IsEqual);
        Assert.Equal((50, 0, 1000), (result.ComparedBlocks, result.DifferingBlocks, result.TotalBlocks));
    }

    [Fact]
    public async Task Digests_of_an_earlier_session_are_of_no_use()
    {
        // All of them, for each block: the salt is another one now.
        byte[]? remembered = null;
        Func<byte[], long, int, int, Task<byte[]>> remember = (salt, start, size, count) =>
        {
            remembered ??= AnsweringPeer.Hash(Content, salt, 0, 4096, 1000);
            return Task.FromResult(remembered[(int)(start / size * 16)..(int)(((start / size) + count) * 16)]);
        };
        Assert.True((await VerifyAsync(Options, remember)).IsEqual);
        var second = await VerifyAsync(Options, remember);
        Assert.Equal((50, 50), (second.ComparedBlocks, second.DifferingBlocks));
    }

    [Fact]
    public async Task Digests_of_zeros_are_found_out()
    {
        var result = await VerifyAsync(Options, (salt, start, size, count) => Task.FromResult(AnsweringPeer.Hash(new byte[Content.Length], salt, start, size, count)));
        Assert.Equal(50, result.DifferingBlocks);
    }

    [Fact]
    public async Task Made_up_digests_are_found_out()
    {
        var result = await VerifyAsync(Options, (_, _, _, count) => Task.FromResult(new byte[16 * count]));
        Assert.Equal(50, result.DifferingBlocks);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public async Task An_answer_that_comes_late_ends_the_check(int position)
    {
        var options = Options with { AnswerLimit = TimeSpan.FromSeconds(2), Retries = 5, RetryDelay = TimeSpan.Zero };
        var answers = 0;
        var time = Stopwatch.StartNew();
        var error = await Assert.ThrowsAsync<TransportException>(() => VerifyAsync(options, async (salt, start, size, count) =>
        {
            if (answers++ == position)
            {
                await Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return AnsweringPeer.Hash(Content, salt, start, size, count);
        }));
        Assert.Equal(BdSyncExitStatus.Connection, error.ExitStatus);
        Assert.Contains("longer for an answer than the 2 seconds", error.Message, StringComparison.Ordinal);
        Assert.InRange(time.Elapsed, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_server_that_cuts_the_connection_gains_no_time()
    {
        var options = Options with { AnswerLimit = TimeSpan.FromSeconds(2), Retries = 1000, RetryDelay = TimeSpan.FromMilliseconds(100) };
        var connections = 0;
        var connector = new FunctionConnector(() =>
        {
            connections++;
            var streams = new StreamPair();
            _ = new AnsweringPeer(Content, (_, _, _, _) => throw new IOException("The test cuts the connection.")).RunAsync(streams);
            return streams.CreateClientTransport();
        });
        using var local = new MemoryDevice(Content);
        var error = await Assert.ThrowsAsync<TransportException>(() => new BdSyncClient(options)
            .CompareAsync(connector, local, "remote", cancellationToken: TestContext.Current.CancellationToken).WaitAsync(TestSession.Limit, TestContext.Current.CancellationToken));
        Assert.Contains("longer for an answer", error.Message, StringComparison.Ordinal);
        Assert.InRange(connections, 2, 100);
    }

    [Fact]
    public async Task A_client_that_is_slow_itself_does_not_blame_the_server()
    {
        var options = Options with { AnswerLimit = TimeSpan.FromSeconds(2), Sample = BlockSample.OfBlocks(400) };
        using var local = new SlowDevice(Content, TimeSpan.FromMilliseconds(10));
        Assert.True((await VerifyAsync(options with { Threads = 1 }, Honest, local)).IsEqual);
    }

    private static Task<byte[]> Honest(byte[] salt, long start, int size, int count) => Task.FromResult(AnsweringPeer.Hash(Content, salt, start, size, count));

    private static async Task<ComparisonResult> VerifyAsync(BdSyncClientOptions options, Func<byte[], long, int, int, Task<byte[]>> answer, Device? local = null)
    {
        var streams = new StreamPair();
        var serving = new AnsweringPeer(Content, answer).RunAsync(streams);
        using var device = new MemoryDevice(Content);
        try
        {
            await using Transport transport = streams.CreateClientTransport();
            return await new BdSyncClient(options)
                .CompareAsync(transport, local ?? device, "remote", cancellationToken: TestContext.Current.CancellationToken).WaitAsync(TestSession.Limit, TestContext.Current.CancellationToken);
        }
        finally
        {
            streams.CloseClient();
            await serving.WaitAsync(TestSession.Limit, TestContext.Current.CancellationToken);
        }
    }

    private static byte[] Fill()
    {
        var content = new byte[(1000 * 4096) - 100];
        new Random(1).NextBytes(content);
        return content;
    }
}
