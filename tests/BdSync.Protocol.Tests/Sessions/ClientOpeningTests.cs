using BdSync.Protocol.Transports;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>What a client says first, and what it makes of the other end's exit status.</summary>
public class ClientOpeningTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("t", "./t")]
    [InlineData("tt", "tt")]
    [InlineData("ü", "ü")]
    [InlineData("/dev/vg0/a b", "/dev/vg0/a b")]
    public async Task Path_is_sent_as_the_server_takes_it(string path, string sent) =>
        Assert.Equal(RawMessage.DevFile(sent), (await ListenAsync(path, new()))[1]);

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public Task Path_that_can_not_be_sent_ends_with_1(string path) => RefusesAsync(path);

    [Fact]
    public Task Path_over_the_cap_ends_with_1() => RefusesAsync(new string('p', 4096));

    [Fact]
    public Task Path_over_the_cap_in_bytes_ends_with_1() => RefusesAsync(new string('ü', 2048));

    [Fact]
    public async Task Path_at_the_cap_is_sent() => Assert.Equal(RawMessage.DevFile(new('p', 4095)), (await ListenAsync(new('p', 4095), new()))[1]);

    [Fact]
    public async Task Salt_is_new_in_every_session()
    {
        var first = (await ListenAsync("remote", new()))[2];
        var second = (await ListenAsync("remote", new()))[2];
        Assert.Equal(32, first[5]);
        Assert.Equal(first.Length, second.Length);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Fixed_salt_is_32_zeros_and_names_are_as_typed() =>
        Assert.Equal(
            RawMessage.Digests("RSA-Sha256", "MD5", new byte[32]),
            (await ListenAsync("remote", new() { FixedSalt = true, Digest = "RSA-Sha256", Checksum = "MD5", RemoteData = true }, ScriptStep.On(10, RawMessage.Checksum(new byte[16]))))[2]);

    [Fact]
    public async Task The_server_computes_no_checksum_that_nobody_asks_it_for() =>
        Assert.Equal(
            RawMessage.Digests("md5", "", new byte[32]),
            (await ListenAsync("remote", new() { FixedSalt = true, Digest = "md5", Checksum = "sha1" }))[2]);

    [Theory]
    [InlineData(0)]
    [InlineData(77)]
    public async Task Exit_status_of_the_other_end_is_passed_on_with_a_whole_patch(int status)
    {
        var streams = new StreamPair();
        var serving = new BdSyncServer(TestSession.Serve([1])).RunAsync(streams.ServerInput, streams.ServerOutput, Cancellation);
        await using var transport = new ExitingTransport(streams, status);
        using var patch = new MemoryStream();
        var result = await new BdSyncClient().WritePatchAsync(transport, new MemoryDevice([2]), "remote", patch, cancellationToken: Cancellation);
        await serving;
        Assert.Equal(new SyncResult(patch.Length, 1, 1, 1, status), result with { Statistics = default });
        Assert.Equal(new RawPatch(1, "remote").Record(0, 2).End(), patch.ToArray());
    }

    private static async Task RefusesAsync(string path)
    {
        var streams = new StreamPair();
        await using var transport = streams.CreateClientTransport();
        var error = await Assert.ThrowsAsync<BdSyncException>(
            () => new BdSyncClient().WritePatchAsync(transport, new MemoryDevice([]), path, new MemoryStream(), cancellationToken: Cancellation));
        Assert.Equal(BdSyncExitStatus.Parameters, error.ExitStatus);
    }

    // All that a client sends to a server that lets it compare nothing.
    private static async Task<IReadOnlyList<byte[]>> ListenAsync(string path, BdSyncClientOptions options, params IEnumerable<ScriptStep> steps)
    {
        var streams = new StreamPair();
        var peer = new ScriptedPeer(
            streams.ServerInput, streams.ServerOutput, [ScriptStep.Send(RawMessage.Hello(), RawMessage.Size(0)), .. steps, ScriptStep.On(7, RawMessage.Done())]);
        var serving = peer.RunAsync(streams.CompleteServer, Cancellation);
        await using (var transport = streams.CreateClientTransport())
        {
            // The checksum of the empty device is computed here.
            await new BdSyncClient(options).WritePatchAsync(transport, new MemoryDevice([]), path, new MemoryStream(), cancellationToken: Cancellation);
        }

        streams.CompleteClient();
        await serving;
        return peer.Received;
    }

    private sealed class ExitingTransport(StreamPair streams, int status) : Transport
    {
        public override Stream Input => streams.ClientInput;

        public override Stream Output => streams.ClientOutput;

        public override Task<int> CompleteAsync(CancellationToken cancellationToken = default)
        {
            streams.CompleteClient();
            return Task.FromResult(status);
        }

        protected override ValueTask DisposeAsyncCore() => ValueTask.CompletedTask;
    }
}
