using BdSync.Protocol.Planning;
using BdSync.Protocol.Tests.Planning;
using BdSync.TestUtilities;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Comparisons of some blocks only: which they are, what is read for them, and how often they meet damage.</summary>
public class SampleComparisonTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Property(MaxTest = 60, Arbitrary = [typeof(SyncGenerators)])]
    public async Task A_sample_of_all_blocks_finds_what_a_whole_comparison_finds(SyncScenario scenario)
    {
        List<Extent> whole = [];
        List<Extent> sampled = [];
        var options = scenario.Options with { Checksum = null };
        var expected = await CompareAsync(options, scenario.Devices.Local, scenario.Devices.Remote, whole);
        var result = await CompareAsync(options with { Sample = BlockSample.OfShare(1) }, scenario.Devices.Local, scenario.Devices.Remote, sampled);
        Assert.Equal(whole, sampled);
        Assert.Equal(expected with { Statistics = default }, result with { Statistics = default });
    }

    [Theory]
    [InlineData(50, 4096)]
    [InlineData(50, 100_000)]
    [InlineData(1, 512)]
    public async Task What_is_read_on_each_side_is_the_sample(int count, int blockSize)
    {
        using var local = new MemoryDevice(new byte[8_000_000]);
        var remote = new MemoryDevice(new byte[8_000_000]);
        var outcome = await CompareAsync(new() { Sample = BlockSample.OfBlocks(count), BlockSize = blockSize, TwoPass = true }, local, remote, []);
        Assert.Equal(count, outcome.ComparedBlocks);
        Assert.InRange(local.BytesRead, (count - 1L) * blockSize, (long)count * blockSize);
        Assert.Equal((local.BytesRead, remote.BytesRead), (outcome.Statistics.LocalBytesRead, outcome.Statistics.RemoteBytesRead));
        Assert.Equal(local.BytesRead, remote.BytesRead);
    }

    [Theory]
    [InlineData(20, 5)]
    [InlineData(200, 1)]
    public async Task Damage_is_met_as_often_as_is_said(int count, int damaged)
    {
        const int runs = 400;
        const int blocks = 1000;
        const int blockSize = 16;
        var local = new byte[blocks * blockSize];
        var remote = new byte[blocks * blockSize];
        for (var index = 0; index < damaged; index++)
        {
            remote[((index * 389) + 17) % blocks * blockSize] = 1;
        }

        var met = 0;
        for (var seed = 0; seed < runs; seed++)
        {
            var options = new BdSyncClientOptions { BlockSize = blockSize, Sample = BlockSample.OfBlocks(count) with { Randomness = new SeededRandomness(seed) } };
            met += (await CompareAsync(options, local, remote, [])).IsEqual ? 0 : 1;
        }

        // 4.9 standard deviations: one in a million.
        var chance = new SampleProof(count, blocks).GetDetectionChance(damaged);
        var bound = 4.9 * Math.Sqrt(runs * chance * (1 - chance));
        Assert.InRange(met, (runs * chance) - bound, (runs * chance) + bound);
    }

    [Fact]
    public void A_sample_does_not_go_with_what_needs_all()
    {
        var sample = BlockSample.OfBlocks(1);
        Assert.Equal(BdSyncExitStatus.Parameters, Assert.Throws<BdSyncException>(() => new BdSyncClient(new() { Sample = sample, Checksum = "md5" })).ExitStatus);
        Assert.Equal(BdSyncExitStatus.Parameters, Assert.Throws<BdSyncException>(() => new BdSyncLocal(new() { Sample = sample, Extents = [] })).ExitStatus);
        Assert.Throws<BdSyncException>(() => new BdSyncClient(new() { AnswerLimit = TimeSpan.Zero }));
        Assert.Throws<BdSyncException>(() => new BdSyncClient(new() { AnswerLimit = TimeSpan.FromDays(2) }));
    }

    private static Task<ComparisonResult> CompareAsync(BdSyncClientOptions options, byte[] local, byte[] remote, List<Extent> found) =>
        CompareAsync(options, new MemoryDevice(local), new MemoryDevice(remote), found);

    private static async Task<ComparisonResult> CompareAsync(BdSyncClientOptions options, MemoryDevice local, MemoryDevice remote, List<Extent> found)
    {
        var streams = new StreamPair();
        var serving = SharedSession.Serve(new() { OpenDevice = _ => remote })(streams);
        try
        {
            await using var transport = streams.CreateClientTransport();
            return await new BdSyncClient(options).CompareAsync(transport, local, "remote", found.Add, cancellationToken: Cancellation).WaitAsync(TestSession.Limit, Cancellation);
        }
        finally
        {
            streams.CloseClient();
            await serving.WaitAsync(TestSession.Limit, Cancellation);
        }
    }
}
