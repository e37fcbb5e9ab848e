using BdSync.Protocol.Devices;
using BdSync.Protocol.Planning;
using BdSync.Protocol.Transports;
using BdSync.TestUtilities;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>A comparison that only says where two devices differ, against what a loop over their bytes finds.</summary>
[Properties(Arbitrary = [typeof(SyncGenerators), typeof(SparseGenerators)])]
public class ComparisonProperties
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Property(MaxTest = 150)]
    public async Task All_blocks_that_differ_are_found_through_any_number_of_servers(SyncScenario scenario, byte servers)
    {
        List<Extent> found = [];
        using var local = new MemoryDevice(scenario.Devices.Local);
        var result = await CompareAsync(scenario.Options, local, () => new MemoryDevice(scenario.Devices.Remote), 1 + (servers % 4), found);
        AssertIsReference(scenario.Devices.Local, scenario.Devices.Remote, scenario.Options.BlockSize, found, result);
    }

    [Property(MaxTest = 150)]
    public async Task All_blocks_that_differ_are_found_between_two_devices_of_this_machine(SyncScenario scenario)
    {
        List<Extent> found = [];
        using var local = new MemoryDevice(scenario.Devices.Local);
        using var remote = new MemoryDevice(scenario.Devices.Remote);
        var result = await new BdSyncLocal(scenario.Options).CompareAsync(local, remote, found.Add, cancellationToken: Cancellation);
        AssertIsReference(scenario.Devices.Local, scenario.Devices.Remote, scenario.Options.BlockSize, found, result);
    }

    [Property(MaxTest = 60)]
    public async Task Holes_make_no_difference(SparseScenario scenario)
    {
        List<Extent> found = [];
        List<Extent> foundHere = [];
        using var local = scenario.CreateLocal();
        using var remote = scenario.CreateRemote();
        var result = await CompareAsync(scenario.Options, local, scenario.CreateRemote, 1, found);
        var here = await new BdSyncLocal(scenario.Options).CompareAsync(local, remote, foundHere.Add, cancellationToken: Cancellation);
        var (ours, theirs) = (SparseScenario.ReadAll(scenario.CreateLocal()), SparseScenario.ReadAll(scenario.CreateRemote()));
        AssertIsReference(ours, theirs, scenario.Options.BlockSize, found, result);
        AssertIsReference(ours, theirs, scenario.Options.BlockSize, foundHere, here);
    }

    [Property(MaxTest = 100)]
    public async Task A_patch_on_the_way_makes_the_devices_equal(SyncScenario scenario, bool isHere)
    {
        using var patch = new MemoryStream();
        using var local = new MemoryDevice(scenario.Devices.Local);
        using var remote = new MemoryDevice(scenario.Devices.Remote);
        var result = isHere
            ? await new BdSyncLocal(scenario.Options).CompareAsync(local, remote, repair: patch, cancellationToken: Cancellation)
            : await CompareAsync(scenario.Options, local, () => new MemoryDevice(scenario.Devices.Remote), 1, [], patch);
        Assert.Equal(patch.Length, result.PatchLength);
        Assert.Equal(scenario.Devices.Local.AsSpan().SequenceEqual(scenario.Devices.Remote), result.IsEqual);
        using var target = new MemoryDevice(scenario.Target);
        patch.Position = 0;
        await new BdSyncPatcher(new() { SizePolicy = SizePolicy.Resize }).ApplyAsync(patch, _ => target, Cancellation);
        Assert.Equal(scenario.Source, target.GetContent());
    }

    [Fact]
    public async Task Each_block_is_read_once_and_nothing_is_fetched()
    {
        using var local = new MemoryDevice(new byte[3_000_000]);
        var remote = new MemoryDevice(Enumerable.Repeat((byte)1, 3_000_000).ToArray());
        var result = await CompareAsync(new() { RemoteData = true, Checksum = "md5" }, local, () => remote, 1, []);
        Assert.Equal((3_000_000, 3_000_000), (local.BytesRead, remote.BytesRead));
        Assert.InRange(result.Statistics.BytesReceived, 1, 100_000);
        Assert.Equal((local.BytesRead, remote.BytesRead, 0), (result.Statistics.LocalBytesRead, result.Statistics.RemoteBytesRead, result.PatchLength));
    }

    private static async Task<ComparisonResult> CompareAsync(BdSyncClientOptions options, Device local, Func<Device> openRemote, int servers, List<Extent> found, Stream? patch = null)
    {
        var streams = Enumerable.Range(0, servers).Select(_ => new StreamPair()).ToList();
        var serving = Task.WhenAll(streams.Select(SharedSession.Serve(new() { OpenDevice = _ => openRemote() })));
        try
        {
            Transport[] transports = [.. streams.Select(pair => pair.CreateClientTransport())];
            return await new BdSyncClient(options).CompareAsync(transports, local, "remote", found.Add, patch, cancellationToken: Cancellation).WaitAsync(TestSession.Limit, Cancellation);
        }
        finally
        {
            streams.ForEach(pair => pair.CloseClient());
            await serving.WaitAsync(TestSession.Limit, Cancellation);
        }
    }

    private static void AssertIsReference(byte[] local, byte[] remote, int blockSize, List<Extent> found, ComparisonResult result)
    {
        var common = Math.Min(local.Length, remote.Length);
        var blocks = Enumerable.Range(0, (common + blockSize - 1) / blockSize).Select(index => index * blockSize).Select(offset => new Extent(offset, Math.Min(blockSize, common - offset))).ToList();
        var differing = blocks.FindAll(block => !local.AsSpan((int)block.Offset, (int)block.Length).SequenceEqual(remote.AsSpan((int)block.Offset, (int)block.Length)));
        List<Extent> joined = [];
        foreach (var block in differing)
        {
            if (joined.Count > 0 && joined[^1].End == block.Offset)
            {
                joined[^1] = joined[^1] with { Length = joined[^1].Length + block.Length };
            }
            else
            {
                joined.Add(block);
            }
        }

        Assert.Equal(joined, found);
        Assert.Equal(new ComparisonResult(local.Length, remote.Length, blocks.Count, differing.Count, differing.Sum(block => block.Length)), result with { Statistics = default, TotalBlocks = 0 });
        Assert.Equal(blocks.Count, result.TotalBlocks);
        Assert.Equal(differing.Count == 0 && local.Length == remote.Length, result.IsEqual);
    }
}
