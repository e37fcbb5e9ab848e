using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>The digest <c>auto</c> with a peer that has no abilities: it is measured which one is fastest.</summary>
public class MeasuredDigestTests
{
    private const long MinMeasuredLength = 128 * 1024 * 1024;
    private static readonly string[] Candidates = ["md5", "sha1", "sha256"];
    private static readonly byte[] Data = [.. Enumerable.Range(0, 4096).Select(value => (byte)(value + 1))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_large_device_is_measured_and_the_patch_is_right(bool remoteData, bool checksum)
    {
        const long length = MinMeasuredLength + 4096;
        using var local = new IslandDevice(length, (1_048_576, Data), (length - 4096, Data)) { KnowsHoles = false };
        using var remote = new IslandDevice(length, (8_388_608, Data)) { KnowsHoles = false };
        var options = new BdSyncClientOptions { Digest = "auto", RemoteData = remoteData, Checksum = checksum ? "md5" : null };

        var (proxy, result) = await RunAsync(options, local, remote);

        Assert.Null(result.ClientError);
        Assert.Null(result.ServerError);
        Assert.Equal(Candidates, proxy.DigestNames.SkipLast(1).Distinct());
        Assert.Contains(proxy.DigestNames[^1], Candidates);
        var zeros = new byte[4096];
        var patch = new RawPatch(length, remoteData ? "islands" : "remote")
            .Record(1_048_576, remoteData ? zeros : Data).Record(8_388_608, remoteData ? Data : zeros).Record(length - 4096, remoteData ? zeros : Data);
        Assert.Equal(checksum ? patch.End("md5", ComputeMd5(local)) : patch.End(), result.Patch);
    }

    [Fact]
    public async Task A_smaller_device_is_not_worth_a_measurement()
    {
        using var local = new IslandDevice(MinMeasuredLength - 1, (0, Data));
        using var remote = new IslandDevice(MinMeasuredLength - 1);

        var (proxy, result) = await RunAsync(new() { Digest = "auto" }, local, remote);

        Assert.Equal(["md5"], proxy.DigestNames);
        Assert.Equal(new RawPatch(MinMeasuredLength - 1, "remote").Record(0, Data).End(), result.Patch);
    }

    private static byte[] ComputeMd5(IslandDevice device)
    {
        var content = new byte[device.Length];
        device.Read(0, content);
        return ReferenceDigest.Md5(content);
    }

    private static async Task<(RecordingProxy Proxy, SessionResult Result)> RunAsync(BdSyncClientOptions options, IslandDevice local, IslandDevice remote)
    {
        var streams = new StreamPair();
        var proxy = new RecordingProxy("CLIENT 0.5");
        var serving = proxy.ServeAsync(new() { OpenDevice = _ => remote }, streams, Cancellation);
        return (proxy, await TestSession.RunClientAsync(new(options), streams, local, serving, "remote", null, null, Cancellation));
    }
}
