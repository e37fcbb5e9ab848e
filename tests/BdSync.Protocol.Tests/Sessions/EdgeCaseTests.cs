using BdSync.Protocol.Planning;
using BdSync.Protocol.Tests.Patching;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Where the stock tool fails, or nobody would look.</summary>
public class EdgeCaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Empty_devices_make_an_empty_patch_and_one_last_report(bool remoteData, bool twoPass)
    {
        var progress = new RecordingProgress<SyncProgress>();
        var options = new BdSyncClientOptions { RemoteData = remoteData, TwoPass = twoPass, Checksum = "md5" };
        var result = await RunAsync(options, [], [], progress);
        Assert.Null(result.ClientError);
        Assert.Equal(ReferencePatch.Compute(options, [], [], remoteData ? "local" : "remote"), result.Patch);
        Assert.Single(progress.Reports, report => report.Completed);
        Assert.Equal(new(result.Patch.Length, 0, 0, true), progress.Reports[^1] with { Statistics = default });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Progress_never_goes_back_and_ends_with_the_whole(bool twoPass)
    {
        var progress = new RecordingProgress<SyncProgress>();
        var result = await RunAsync(new() { BlockSize = 512, TwoPass = twoPass }, new byte[3_000_001], Filled(3_000_001), progress);
        var reports = progress.Reports;
        Assert.True(reports.Count > 5);
        Assert.All(reports.Zip(reports.Skip(1)), pair => Assert.True(pair.First.Position <= pair.Second.Position && pair.First.PatchLength <= pair.Second.PatchLength));
        Assert.All(reports, report => Assert.Equal(3_000_001, report.Length));
        Assert.Equal(new(result.Patch.Length, 3_000_001, 3_000_001, true) { DifferingBytes = 3_000_001, Statistics = result.Result!.Statistics }, reports[^1]);
        Assert.Single(reports, report => report.Completed);
        Assert.InRange(reports[0].PatchLength, 11 + 8 + 2 + 6, 11 + 8 + 2 + 6);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(int.MinValue, false)]
    [InlineData(0, true)]
    [InlineData(33_554_432, true)]
    [InlineData(int.MaxValue, true)]
    public void Block_size_out_of_range_ends_with_1(int blockSize, bool twoPass)
    {
        var error = Assert.Throws<BdSyncException>(() => new BdSyncClient(new() { BlockSize = blockSize, TwoPass = twoPass }));
        Assert.Equal(BdSyncExitStatus.Parameters, error.ExitStatus);
        Assert.Contains($"{blockSize}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(int.MaxValue, false)]
    [InlineData(33_554_431, true)]
    public void Block_size_at_its_bounds_is_accepted(int blockSize, bool twoPass) => _ = new BdSyncClient(new() { BlockSize = blockSize, TwoPass = twoPass });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void No_threads_end_with_1(int threads)
    {
        Assert.Equal(BdSyncExitStatus.Parameters, Assert.Throws<BdSyncException>(() => new BdSyncClient(new() { Threads = threads })).ExitStatus);
        Assert.Equal(BdSyncExitStatus.Parameters, Assert.Throws<BdSyncException>(() => new BdSyncServer(new() { Threads = threads })).ExitStatus);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public async Task Growing_with_large_blocks_writes_no_record_past_the_stated_size(bool remoteData, bool twoPass)
    {
        var options = new BdSyncClientOptions { BlockSize = 65536, SizePolicy = SizePolicy.Resize, RemoteData = remoteData, TwoPass = twoPass };
        var (local, remote) = remoteData ? (50_000, 100_000) : (100_000, 50_000);
        var result = await RunAsync(options, Filled(local), new byte[remote]);
        var (header, records, _) = await PatchCheck.ReadAllAsync(result.Patch);
        Assert.Equal(100_000, header.DeviceLength);
        Assert.All(records, record => Assert.InRange(record.Offset + record.Data.Length, 1, 100_000));
    }

    [Theory]
    [InlineData(false, false, "md5")]
    [InlineData(true, false, "sha1")]
    [InlineData(false, true, null)]
    [InlineData(true, true, null)]
    public async Task Blocks_larger_than_a_range_are_compared_piece_by_piece(bool remoteData, bool twoPass, string? checksum)
    {
        var options = new BdSyncClientOptions { BlockSize = 3_000_000, RemoteData = remoteData, TwoPass = twoPass, Checksum = checksum, ZeroBlocks = true };
        var local = Filled(7_000_001);
        var remote = (byte[])local.Clone();
        remote[4_500_000]++;
        remote[^1]++;
        var result = await RunAsync(options, local, remote);
        Assert.Null(result.ClientError);
        var (source, target, name) = remoteData ? (remote, local, "local") : (local, remote, "remote");
        Assert.Equal(ReferencePatch.Compute(options, source, target, name), result.Patch);
    }

    [Fact]
    public async Task Blocks_far_larger_than_the_device_are_padded_in_both_passes()
    {
        // 64 MB of padding in the first pass, 1 MB in the second, for three bytes.
        var result = await RunAsync(new() { BlockSize = 1_000_000, TwoPass = true }, [1, 2, 3], [1, 2, 4]);
        Assert.Equal(new RawPatch(3, "remote").Record(0, 1, 2, 3).End(), result.Patch);
    }

    [Theory]
    [InlineData(false, 12, 10, false)]
    [InlineData(false, 10, 12, true)]
    [InlineData(true, 12, 10, false)]
    [InlineData(true, 10, 12, true)]
    public async Task With_minsize_only_the_servers_device_counts_behind_the_smaller_size(bool remoteData, int local, int remote, bool differs)
    {
        // The devices are equal as far as both go; what the larger one has behind that shares a block with it.
        var content = Filled(12);
        var result = await RunAsync(new() { BlockSize = 8, SizePolicy = SizePolicy.MinSize, RemoteData = remoteData }, content[..local], content[..remote]);
        var patch = new RawPatch(10, remoteData ? "local" : "remote");
        Assert.Equal((differs ? patch.Record(8, content.AsSpan(8, 2)) : patch).End(), result.Patch);
    }

    [Fact]
    public async Task Error_of_the_local_device_ends_with_6_and_an_incomplete_patch()
    {
        using var local = new MemoryDevice(Filled(2_000_000), "local") { FailingReadOffset = 1_500_000 };
        var result = await TestSession.RunAsync(new(), local, TestSession.Serve(new byte[2_000_000]), cancellationToken: Cancellation);
        Assert.IsType<DeviceException>(result.ClientError);
        Assert.Equal(BdSyncExitStatus.Read, result.ClientStatus);
        Assert.Contains("1500000", result.ClientError.Message, StringComparison.Ordinal);
        await PatchCheck.IsIncompleteAsync(result.Patch);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Error_of_the_remote_device_ends_both_with_6(bool remoteData)
    {
        var server = new BdSyncServerOptions { OpenDevice = path => new MemoryDevice(new byte[2_000_000], path) { FailingReadOffset = 1_500_000 } };
        var result = await TestSession.RunAsync(new() { RemoteData = remoteData }, new MemoryDevice(Filled(2_000_000)), server, cancellationToken: Cancellation);
        Assert.IsType<DeviceException>(result.ServerError);
        Assert.Equal(BdSyncExitStatus.Read, result.ServerStatus);
        Assert.IsType<TransportException>(result.ClientError);
        Assert.Equal(BdSyncExitStatus.Read, result.ClientStatus);
        await PatchCheck.IsIncompleteAsync(result.Patch);
    }

    [Fact]
    public async Task Error_of_the_patch_ends_with_9()
    {
        using var patch = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
        var result = await TestSession.RunAsync(new(), new MemoryDevice(Filled(500_000)), TestSession.Serve(new byte[500_000]), patch: patch, cancellationToken: Cancellation);
        Assert.Equal(BdSyncExitStatus.Write, result.ClientStatus);
        Assert.Contains("incomplete", result.ClientError!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_for_the_largest_block_there_is_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var input = RawMessage.Join(HostileClient.Opening, RawMessage.Digests("ripemd160"), RawMessage.GetHashes(0, int.MaxValue, 1), RawMessage.GetHashes(1000, int.MaxValue, 50));
        var serving = TestSession.RunServerAsync(TestSession.Serve(HostileClient.Device), input, stop.Token);
        var (_, error) = await serving.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.IsAssignableFrom<OperationCanceledException>(error);
    }

    private static byte[] Filled(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        return content;
    }

    private static Task<SessionResult> RunAsync(BdSyncClientOptions options, byte[] local, byte[] remote, IProgress<SyncProgress>? progress = null) =>
        TestSession.RunAsync(options, new MemoryDevice(local, "local"), TestSession.Serve(remote), progress: progress, cancellationToken: Cancellation);
}
