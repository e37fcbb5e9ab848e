using BdSync.Protocol.Planning;
using BdSync.Protocol.Tests.Patching;
using BdSync.TestUtilities;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Two devices compared directly: the same patch as with a server, and the same target without one.</summary>
[Properties(Arbitrary = [typeof(SyncGenerators)])]
public class LocalProperties
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Property(MaxTest = 200)]
    public async Task The_patch_is_the_one_of_the_specification(SyncScenario scenario)
    {
        var expected = ReferencePatch.Compute(scenario.Options, scenario.Source, scenario.Target, "target");
        var (localName, remoteName) = scenario.Options.RemoteData ? ("target", "source") : ("source", "target");
        using var local = new MemoryDevice(scenario.Devices.Local, localName);
        using var remote = new MemoryDevice(scenario.Devices.Remote, remoteName);
        using var patch = new MemoryStream();
        var comparison = new BdSyncLocal(scenario.Options);
        if (expected is null)
        {
            var error = await Assert.ThrowsAsync<SizeMismatchException>(() => comparison.WritePatchAsync(local, remote, patch, cancellationToken: Cancellation));
            Assert.Equal($"Different sizes local={local.Length} remote={remote.Length}", error.Message);
            Assert.Empty(patch.ToArray());
            return;
        }

        var result = await comparison.WritePatchAsync(local, remote, patch, cancellationToken: Cancellation);
        Assert.Equal(expected, patch.ToArray());
        var (_, records, _) = await PatchCheck.ReadAllAsync(expected);
        Assert.Equal(new(expected.Length, local.Length, remote.Length, records.Sum(record => record.Data.Length), RemoteExitStatus: 0), result with { Statistics = default });
    }

    [Property(MaxTest = 100)]
    public async Task The_extents_that_differ_are_enough(SyncScenario scenario)
    {
        var options = scenario.Options with { Checksum = null, RemoteData = false, Extents = [.. DifferingExtents.Find(scenario.Source, scenario.Target)] };
        if (ReferencePatch.Compute(options, scenario.Source, scenario.Target, "target") is { } expected
            && (options.SizePolicy != SizePolicy.MinSize || scenario.Source.Length == scenario.Target.Length))
        {
            using var patch = new MemoryStream();
            await new BdSyncLocal(options).WritePatchAsync(new MemoryDevice(scenario.Source), new MemoryDevice(scenario.Target, "target"), patch, cancellationToken: Cancellation);
            Assert.Equal(expected, patch.ToArray());
        }
    }

    // Checksum and remote data are about patches: they make no difference.
    [Property(MaxTest = 200)]
    public async Task Applying_makes_the_target_what_the_size_policy_says(SyncScenario scenario)
    {
        var (source, before) = scenario.Devices;
        using var target = new MemoryDevice(before, "target");
        var applying = new BdSyncLocal(scenario.Options).ApplyAsync(new MemoryDevice(source), target, cancellationToken: Cancellation);
        if (scenario.Options.SizePolicy == SizePolicy.Strict && source.Length != before.Length)
        {
            await Assert.ThrowsAsync<SizeMismatchException>(() => applying);
            Assert.Equal(before, target.GetContent());
            Assert.Equal(0, target.FlushCount);
            return;
        }

        var result = await applying;
        var common = Math.Min(source.Length, before.Length);
        Assert.Equal(scenario.Options.SizePolicy == SizePolicy.MinSize ? [.. source[..common], .. before[common..]] : source, target.GetContent());
        Assert.Equal((source.Length, before.Length), (result.LocalLength, result.RemoteLength));
        Assert.Equal(result.PatchLength, result.DifferingBytes);
        Assert.Equal(1, target.FlushCount);
    }
}
