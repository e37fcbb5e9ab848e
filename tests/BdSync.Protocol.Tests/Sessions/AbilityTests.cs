using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>What BdSync peers tell each other in their first message, and which digest follows from it.</summary>
public class AbilityTests
{
    private const string StockHello = "CLIENT 0.5";
    private static readonly byte[] Local = [.. Enumerable.Range(0, 100_000).Select(value => (byte)(value / 7))];
    private static readonly byte[] Remote = [.. Local.Select((value, index) => index == 55_555 ? (byte)~value : value)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("CLIENT 0.5", "SERVER 0.5")]
    [InlineData("CLIENT+xxh128+xxh64 0.5", "SERVER+xxh128+xxh64 0.5")]
    [InlineData("CLIENT+something 0.5", "SERVER+xxh128+xxh64 0.5")]
    [InlineData("anything 0.5", "SERVER 0.5")]
    [InlineData("+ 0.5", "SERVER 0.5")]
    public async Task A_server_names_its_abilities_to_those_who_name_theirs(string hello, string answer)
    {
        var input = RawMessage.Join(RawMessage.Hello(hello), RawMessage.DevFile("device"), RawMessage.Done());
        var (answered, error) = await TestSession.RunServerAsync(TestSession.Serve([1, 2, 3]), input, Cancellation);
        Assert.Null(error);
        Assert.Equal(RawMessage.Join(RawMessage.Hello(answer), RawMessage.Size(3), RawMessage.Done()), answered);
    }

    [Fact]
    public async Task A_client_names_its_abilities()
    {
        var (proxy, _) = await RunAsync(new(), null);
        Assert.Equal(RawMessage.Hello("CLIENT+xxh128+xxh64 0.5"), proxy.Requests[0]);
    }

    [Theory]
    [InlineData(null, null, "xxh128")]
    [InlineData(null, "auto", "xxh128")]
    [InlineData(null, "xxh64", "xxh64")]
    [InlineData(null, "XXH128", "XXH128")]
    [InlineData(null, "md5", "md5")]
    [InlineData(null, "sha1", "sha1")]
    [InlineData(StockHello, null, "md5")]
    [InlineData(StockHello, "auto", "md5")]
    [InlineData(StockHello, "sha1", "sha1")]
    [InlineData("CLIENT+something 0.5", null, "xxh128")]
    public async Task The_digest_is_one_that_both_have(string? hello, string? requested, string chosen)
    {
        var (proxy, result) = await RunAsync(new() { Digest = requested }, hello);
        Assert.Null(result.ClientError);
        Assert.Equal([chosen], proxy.DigestNames);
        Assert.Equal(ReferencePatch.Compute(new(), Local, Remote, "remote"), result.Patch);
    }

    [Theory]
    [InlineData("SERVER 0.5")]
    [InlineData("SERVER+xxh3 0.5")]
    [InlineData("xxh128 0.5")]
    public async Task A_peer_that_does_not_name_xxh128_gets_md5(string hello)
    {
        using var local = new MemoryDevice(HostileServer.Device, "local");
        ScriptStep[] script = [ScriptStep.Send(RawMessage.Hello(hello), RawMessage.Size(8)), HostileServer.AllDiffers, ScriptStep.On(HostileServer.Done, RawMessage.Done())];
        var result = await TestSession.RunAgainstScriptAsync(HostileServer.Options, local, script, Cancellation);
        Assert.Null(result.ClientError);
        Assert.Null(result.ServerError);
    }

    [Theory]
    [InlineData("xxh128", StockHello)]
    [InlineData("xxh64", StockHello)]
    public async Task A_digest_that_the_peer_lacks_ends_with_10_and_nothing_is_written(string digest, string hello)
    {
        var (proxy, result) = await RunAsync(new() { Digest = digest }, hello);
        Assert.Equal(BdSyncExitStatus.Digest, result.ClientStatus);
        Assert.IsType<DigestException>(result.ClientError);
        Assert.Contains(digest, result.ClientError.Message, StringComparison.Ordinal);
        Assert.Empty(result.Patch);
        Assert.Empty(proxy.DigestNames);
    }

    [Theory]
    [InlineData("xxh128")]
    [InlineData("xxh64")]
    [InlineData("XXH128")]
    [InlineData("auto")]
    public async Task An_extension_is_no_checksum(string name)
    {
        Assert.Equal(BdSyncExitStatus.Checksum, Assert.Throws<DigestException>(() => new BdSyncClient(new() { Checksum = name })).ExitStatus);
        Assert.Equal(BdSyncExitStatus.Checksum, Assert.Throws<DigestException>(() => new BdSyncLocal(new() { Checksum = name })).ExitStatus);
        await HostileClient.RefusesAsync(BdSyncExitStatus.Checksum, "one of", HostileClient.Opening, RawMessage.Digests("md5", name));
    }

    private static async Task<(RecordingProxy Proxy, SessionResult Result)> RunAsync(BdSyncClientOptions options, string? hello)
    {
        var streams = new StreamPair();
        var proxy = new RecordingProxy(hello);
        var serving = proxy.ServeAsync(TestSession.Serve(Remote), streams, Cancellation);
        using var local = new MemoryDevice(Local, "local");
        var result = await TestSession.RunClientAsync(new(options), streams, local, serving, "remote", null, null, Cancellation);
        return (proxy, result);
    }
}
