using System.Buffers;
using System.IO.Pipelines;
using BdSync.Protocol.Tests.Patching;
using BdSync.Protocol.Transports;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>A peer that stops reading or writing, and a patch that nobody takes: nothing grows, and cancelling ends it.</summary>
public class BackpressureTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Requests with large answers, with small ones, and with the smallest.
    public static TheoryData<byte[]> Requests =>
    [
        RawMessage.GetBlock(0, 131063), RawMessage.GetHashes(0, 4096, 32), RawMessage.GetHashes(0, 1, 0), RawMessage.GetChecksum(),
    ];

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Server_whose_answers_nobody_reads_stops_taking_requests(byte[] request)
    {
        var streams = new StreamPair(capacity: 4096);
        using var stop = new CancellationTokenSource();
        var serving = new BdSyncServer(TestSession.Serve(new byte[200_000])).RunAsync(streams.ServerInput, streams.ServerOutput, stop.Token);
        await streams.ClientOutput.WriteAsync(HostileClient.OpeningWithDigests, Cancellation);
        var batch = RawMessage.Join(Enumerable.Repeat(request, 4096 / request.Length));
        long sent = 0;
        var sending = Task.Run(
            async () =>
            {
                while (sent < 50_000_000)
                {
                    await streams.ClientOutput.WriteAsync(batch, stop.Token);
                    Interlocked.Add(ref sent, batch.Length);
                }
            },
            Cancellation);
        await WaitUntilStillAsync(() => Interlocked.Read(ref sent));
        Assert.InRange(sent, 1, 500_000);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving.WaitAsync(Patience, Cancellation));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(Patience, Cancellation));
    }

    [Fact]
    public async Task Server_takes_any_number_of_messages_that_have_no_answer()
    {
        var messages = Enumerable.Repeat(RawMessage.Digests("sm3", "sha1", new byte[127]), 20_000).Append(RawMessage.Done());
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (answer, error) = await TestSession.RunServerAsync(
            TestSession.Serve(new byte[10]) with { Threads = 2 }, [.. HostileClient.Opening, .. messages.SelectMany(message => message)], Cancellation);
        Assert.Null(error);
        Assert.Equal(3, RawMessage.Split(answer).Count);

        // Generous, because other tests run at the same time: what is kept of each message would be far more.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 200_000_000);
    }

    [Fact]
    public async Task Server_whose_output_ignores_cancellation_is_ended_by_it()
    {
        using var stop = new CancellationTokenSource();
        var input = RawMessage.Join([HostileClient.OpeningWithDigests, .. Enumerable.Repeat(RawMessage.GetHashes(0, 1, 100), 1000)]);
        var serving = new BdSyncServer(TestSession.Serve(new byte[100])).RunAsync(new MemoryStream(input), new StalledStream(), stop.Token);
        stop.CancelAfter(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving.WaitAsync(Patience, Cancellation));
    }

    [Fact]
    public async Task Server_that_waits_for_a_silent_client_is_ended_by_cancelling()
    {
        using var stop = new CancellationTokenSource();
        var serving = new BdSyncServer(TestSession.Serve(new byte[100])).RunAsync(new StalledStream(), new MemoryStream(), stop.Token);
        stop.CancelAfter(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving.WaitAsync(Patience, Cancellation));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(long.MaxValue)]
    public async Task Client_of_a_server_that_does_not_answer_asks_so_much_and_no_more(long serverTakes)
    {
        var output = new StalledStream(serverTakes);
        using var stop = new CancellationTokenSource();
        var (running, patch, _) = Start(output, closed: false, new() { BlockSize = 16 }, stop.Token);
        await WaitUntilStillAsync(() => output.BytesTaken);
        Assert.InRange(output.BytesTaken, 900, 5000);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Patience, Cancellation));
        await PatchCheck.IsIncompleteAsync(patch.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_of_a_server_that_hangs_up_without_reading_ends_by_itself(bool remoteData)
    {
        var (running, patch, _) = Start(new StalledStream(1000), closed: true, new() { BlockSize = 16, RemoteData = remoteData }, Cancellation);
        var error = await Assert.ThrowsAsync<TransportException>(() => running.WaitAsync(Patience, Cancellation));
        Assert.Equal(BdSyncExitStatus.Read, error.ExitStatus);
        await PatchCheck.IsIncompleteAsync(patch.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_whose_patch_nobody_takes_stops_reading_and_is_ended_by_cancelling(bool remoteData)
    {
        var content = new byte[15_000_000];
        content.AsSpan().Fill(1);
        using var local = new MemoryDevice(content);
        using var remote = new MemoryDevice(new byte[content.Length]);
        using var stop = new CancellationTokenSource();
        var patch = new StalledStream(200_000);
        var running = TestSession.RunAsync(
            new() { Threads = 1, RemoteData = remoteData }, local, new() { OpenDevice = _ => remote, Threads = 1 }, patch: patch, cancellationToken: stop.Token);
        await WaitUntilStillAsync(() => local.BytesRead + remote.BytesRead);

        // A dozen block ranges or so on either side; with remote data also the ranges that wait for their data.
        Assert.InRange(local.BytesRead, 1, 10_000_000);
        await stop.CancelAsync();
        var result = await running.WaitAsync(Patience, Cancellation);
        Assert.IsAssignableFrom<OperationCanceledException>(result.ClientError);
    }

    [Fact]
    public async Task Client_whose_patch_is_taken_slowly_writes_it_all_the_same()
    {
        var content = new byte[1_000_000];
        new Random(1).NextBytes(content);
        var pipe = new Pipe(new(pauseWriterThreshold: 4096, resumeWriterThreshold: 2048, useSynchronizationContext: false));
        var running = TestSession.RunAsync(
            new(), new MemoryDevice(content), TestSession.Serve(new byte[content.Length]), patch: pipe.Writer.AsStream(), cancellationToken: Cancellation);
        using var patch = new MemoryStream();
        var taking = TakeSlowlyAsync(pipe.Reader.AsStream(), patch);
        Assert.Null((await running).ClientError);
        await pipe.Writer.CompleteAsync();
        await taking;
        Assert.Equal(ReferencePatch.Compute(new(), content, new byte[content.Length], "remote"), patch.ToArray());
    }

    private static async Task TakeSlowlyAsync(Stream input, MemoryStream patch)
    {
        var buffer = new byte[100_000];
        int read;
        while ((read = await input.ReadAsync(buffer, Cancellation)) > 0)
        {
            patch.Write(buffer, 0, read);
            if (patch.Length % 7 == 0)
            {
                await Task.Delay(2, Cancellation);
            }
        }
    }

    // A client whose server says its size and then nothing more.
    private static (Task<SyncResult> Running, MemoryStream Patch, Pipe Answers) Start(
        StalledStream output, bool closed, BdSyncClientOptions options, CancellationToken cancellationToken)
    {
        var answers = new Pipe();
        answers.Writer.Write(RawMessage.Join(RawMessage.Hello("SERVER 0.5"), RawMessage.Size(10_000_000)));
        _ = closed ? CloseLaterAsync(answers) : answers.Writer.FlushAsync(cancellationToken).AsTask();
        var patch = new MemoryStream();
        var local = new MemoryDevice(new byte[10_000_000]);
        var transport = new StreamTransport(answers.Reader.AsStream(), output);
        return (new BdSyncClient(options).WritePatchAsync(transport, local, "remote", patch, null, cancellationToken), patch, answers);
    }

    private static async Task CloseLaterAsync(Pipe pipe)
    {
        await pipe.Writer.FlushAsync(Cancellation);
        await Task.Delay(300, Cancellation);
        await pipe.Writer.CompleteAsync();
    }

    // Until a number has grown and has then stayed the same for a while.
    private static async Task WaitUntilStillAsync(Func<long> get)
    {
        var last = get();
        for (var (tries, still) = (0, 0); still < 10 || last == 0; tries++)
        {
            Assert.True(tries < 1000, $"It still grows, or has not begun to, at {last}.");
            await Task.Delay(50, Cancellation);
            var now = get();
            still = now == last ? still + 1 : 0;
            last = now;
        }
    }
}
