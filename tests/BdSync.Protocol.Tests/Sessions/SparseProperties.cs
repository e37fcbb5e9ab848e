using BdSync.Protocol.Planning;
using BdSync.TestUtilities;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Holes make no difference to the patch, whoever has them.</summary>
[Properties(Arbitrary = [typeof(SparseGenerators)])]
public class SparseProperties
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Property(MaxTest = 60)]
    public async Task The_patch_over_a_connection_is_the_one_of_the_specification(SparseScenario scenario)
    {
        using var local = scenario.CreateLocal();
        var result = await TestSession.RunAsync(scenario.Options, local, new() { OpenDevice = _ => scenario.CreateRemote(), Threads = 2 }, cancellationToken: Cancellation);
        Assert.Null(result.ClientError);
        Assert.Null(result.ServerError);
        AssertEqual(scenario.ComputePatch("remote", local.Name), result.Patch);
    }

    [Property(MaxTest = 60)]
    public async Task The_patch_of_a_local_comparison_is_the_one_of_the_specification(SparseScenario scenario)
    {
        using var local = scenario.CreateLocal();
        using var remote = scenario.CreateRemote();
        using var patch = new MemoryStream();
        await new BdSyncLocal(scenario.Options).WritePatchAsync(local, remote, patch, cancellationToken: Cancellation);
        AssertEqual(scenario.ComputePatch(remote.Name, local.Name), patch.ToArray());
    }

    [Property(MaxTest = 40)]
    public async Task A_target_becomes_equal_to_a_sparse_source(SparseScenario scenario)
    {
        using var source = scenario.CreateLocal();
        using var target = new MemoryDevice(SparseScenario.ReadAll(scenario.CreateRemote()));
        await new BdSyncLocal(scenario.Options with { SizePolicy = SizePolicy.Resize }).ApplyAsync(source, target, cancellationToken: Cancellation);
        AssertEqual(SparseScenario.ReadAll(scenario.CreateLocal()), target.GetContent());
    }

    // Quicker than xunit's comparison of megabytes.
    private static void AssertEqual(byte[] expected, byte[] actual) =>
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"{actual.Length} bytes, expected {expected.Length}; the first difference is at {expected.AsSpan().CommonPrefixLength(actual)}.");
}
