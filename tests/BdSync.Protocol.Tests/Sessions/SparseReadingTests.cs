using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Holes are not read: what is counted is bytes, not time.</summary>
public class SparseReadingTests
{
    private const long Length = 8L * 1024 * 1024 * 1024;
    private const int Slack = 4 * 1024 * 1024;
    private static readonly byte[] Data = [.. Enumerable.Repeat((byte)1, 100_000)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("md5")]
    public async Task Two_sparse_devices_are_read_only_where_one_has_data(string? digest)
    {
        using var local = new IslandDevice(Length, (1_000_000_000, Data), (5_000_000_000, Data));
        using var remote = new IslandDevice(Length, (1_000_000_000, Data), (7_000_000_000, Data));

        var result = await TestSession.RunAsync(new() { Digest = digest }, local, new() { OpenDevice = _ => remote }, cancellationToken: Cancellation);

        Assert.Null(result.ClientError);
        Assert.InRange(local.BytesRead, 2 * Data.Length, Slack);
        Assert.InRange(remote.BytesRead, 2 * Data.Length, Slack);
        Assert.InRange(result.Patch.Length, 2 * Data.Length, 3 * Data.Length);
    }

    [Fact]
    public async Task A_local_comparison_reads_only_where_one_has_data()
    {
        using var local = new IslandDevice(Length, (1_000_000_000, Data), (5_000_000_000, Data));
        using var remote = new IslandDevice(Length, (1_000_000_000, Data), (7_000_000_000, Data));
        using var patch = new MemoryStream();

        await new BdSyncLocal().WritePatchAsync(local, remote, patch, cancellationToken: Cancellation);

        Assert.InRange(local.BytesRead, 2 * Data.Length, Slack);
        Assert.InRange(remote.BytesRead, 2 * Data.Length, Slack);
        Assert.InRange(patch.Length, 2 * Data.Length, 3 * Data.Length);
    }

    [Fact]
    public async Task A_dense_server_reads_all_but_the_sparse_client_reads_its_data()
    {
        const long length = 64 * 1024 * 1024;
        using var local = new IslandDevice(length, (1_000_000, Data));
        using var remote = new IslandDevice(length, (1_000_000, Data)) { KnowsHoles = false };

        var result = await TestSession.RunAsync(new(), local, new() { OpenDevice = _ => remote }, cancellationToken: Cancellation);

        Assert.Equal(new RawPatch(length, "remote").End(), result.Patch);
        Assert.InRange(local.BytesRead, Data.Length, Slack);
        Assert.InRange(remote.BytesRead, length, length + Slack);
    }
}
