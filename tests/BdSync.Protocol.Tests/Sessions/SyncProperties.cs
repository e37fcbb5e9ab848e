using BdSync.Protocol.Planning;
using BdSync.Protocol.Tests.Patching;
using BdSync.TestUtilities;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>What holds for any two devices and any options.</summary>
[Properties(Arbitrary = [typeof(SyncGenerators)])]
public class SyncProperties
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Property(MaxTest = 150)]
    public async Task Patch_is_the_one_of_the_specification_and_makes_the_target_equal(SyncScenario scenario)
    {
        var expected = ReferencePatch.Compute(scenario.Options, scenario.Source, scenario.Target, "target");
        var result = await RunAsync(scenario);
        if (expected is null)
        {
            Assert.Equal(BdSyncExitStatus.SizeMismatch, result.ClientStatus);
            Assert.Equal($"Different sizes local={scenario.Devices.Local.Length} remote={scenario.Devices.Remote.Length}", result.ClientError!.Message);
            Assert.Empty(result.Patch);
            return;
        }

        Assert.Null(result.ClientError);
        Assert.Null(result.ServerError);
        Assert.Equal(expected, result.Patch);
        var (_, records, _) = await PatchCheck.ReadAllAsync(expected);
        Assert.Equal(
            new SyncResult(expected.Length, scenario.Devices.Local.Length, scenario.Devices.Remote.Length, records.Sum(record => record.Data.Length), RemoteExitStatus: 0),
            result.Result! with { Statistics = default });

        using var target = new MemoryDevice(scenario.Target);
        await new BdSyncPatcher(new() { SizePolicy = scenario.Options.SizePolicy }).ApplyAsync(new MemoryStream(result.Patch), _ => target, Cancellation);
        Assert.Equal(GetExpectedContent(scenario), target.GetContent());
    }

    [Property(MaxTest = 150)]
    public async Task The_extents_that_differ_are_enough(SyncScenario scenario, byte[] others)
    {
        var extents = DifferingExtents.Find(scenario.Source, scenario.Target).Concat(others.Select(other => new Extent(other * 100L, other))).Reverse().ToList();
        var options = scenario.Options with { Checksum = null };
        var expected = ReferencePatch.Compute(options, scenario.Source, scenario.Target, "target");
        var result = await RunAsync(scenario with { Options = options with { Extents = extents } });

        if (expected is not null && options.SizePolicy == SizePolicy.MinSize && scenario.Source.Length != scenario.Target.Length)
        {
            // The C tool's protocol has the last common block differ for what lies behind it, and that is no part of the comparison.
            using var target = new MemoryDevice(scenario.Target);
            await new BdSyncPatcher(new() { SizePolicy = options.SizePolicy }).ApplyAsync(new MemoryStream(result.Patch), _ => target, Cancellation);
            Assert.Equal(GetExpectedContent(scenario), target.GetContent());
            return;
        }

        Assert.Equal(expected ?? [], result.Patch);
    }

    private static byte[] GetExpectedContent(SyncScenario scenario)
    {
        if (scenario.Options.SizePolicy != SizePolicy.MinSize)
        {
            return scenario.Source;
        }

        var common = Math.Min(scenario.Source.Length, scenario.Target.Length);
        return [.. scenario.Source[..common], .. scenario.Target[common..]];
    }

    private static Task<SessionResult> RunAsync(SyncScenario scenario)
    {
        // The patch is named after the device that it is for.
        var (localName, remoteName) = scenario.Options.RemoteData ? ("target", "source") : ("source", "target");
        var server = TestSession.Serve(scenario.Devices.Remote) with { ZeroBlocks = scenario.ServerZeroBlocks, Threads = scenario.Options.Threads };
        return TestSession.RunAsync(scenario.Options, new MemoryDevice(scenario.Devices.Local, localName), server, remoteName, cancellationToken: Cancellation);
    }
}
