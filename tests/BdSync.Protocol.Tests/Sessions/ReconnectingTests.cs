using System.Diagnostics;
using BdSync.Protocol.Tests.Patching;
using BdSync.Protocol.Transports;
using BdSync.TestUtilities;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Connections that break: the work goes on over a new one.</summary>
[Properties(Arbitrary = [typeof(SyncGenerators)])]
public class ReconnectingTests
{
    private static readonly byte[] Local = [.. Enumerable.Range(0, 3_000_000).Select(index => (byte)(index / 5000))];
    private static readonly byte[] Remote = new byte[3_000_000];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Property(MaxTest = 200)]
    public async Task The_patch_is_that_of_an_uninterrupted_run_wherever_connections_break(SyncScenario scenario, int[] cuts, byte channels)
    {
        var expected = ReferencePatch.Compute(scenario.Options, scenario.Source, scenario.Target, "target");
        var count = scenario.Options is { RemoteData: true, Checksum: not null } ? 1 : 1 + (channels % 3);
        var connector = new BreakingConnector(_ => TestSession.Serve(scenario.Devices.Remote), cuts.Select(cut => (int)(Math.Abs((long)cut) % 40_000)));
        var (localName, remoteName) = scenario.Options.RemoteData ? ("target", "source") : ("source", "target");
        var (patch, error) = await RunAsync(scenario.Options with { Retries = cuts.Length + 1, Channels = count, RetryDelay = TimeSpan.Zero }, scenario.Devices.Local, localName, remoteName, connector);
        if (expected is null)
        {
            Assert.Equal(BdSyncExitStatus.SizeMismatch, error!.ExitStatus);
            return;
        }

        Assert.Null(error);
        Assert.Equal(expected, patch);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "sha256")]
    public async Task Breaks_in_the_middle_of_a_long_comparison_are_mended(bool remoteData, string? checksum)
    {
        var options = new BdSyncClientOptions { Retries = 1, RetryDelay = TimeSpan.Zero, RemoteData = remoteData, Checksum = checksum, Digest = "md5", BlockSize = 512 };
        var connector = new BreakingConnector(_ => TestSession.Serve(Remote), [40_000, 300_000, 300_000]);
        var (patch, error) = await RunAsync(options, Local, "local", "remote", connector);
        Assert.Null(error);
        Assert.InRange(connector.Connections, remoteData ? 4 : 2, 4);
        var (source, target) = remoteData ? (Remote, Local) : (Local, Remote);
        Assert.Equal(ReferencePatch.Compute(options, source, target, remoteData ? "local" : "remote"), patch);
    }

    [Fact]
    public async Task Without_retries_the_first_break_ends_the_session()
    {
        var connector = new BreakingConnector(_ => TestSession.Serve(Remote), [9_000]);
        var (patch, error) = await RunAsync(new() { Digest = "md5" }, Local, "local", "remote", connector);
        Assert.IsType<TransportException>(error);
        Assert.Equal(BdSyncExitStatus.Read, error.ExitStatus);
        Assert.Matches("had come to byte [0-9]+", error.Message);
        Assert.Equal(1, connector.Connections);
        await PatchCheck.IsIncompleteAsync(patch);
    }

    [Fact]
    public async Task When_the_retries_are_used_up_the_error_says_how_far_it_came()
    {
        var connector = new BreakingConnector(_ => TestSession.Serve(Remote), [9_000, .. Enumerable.Repeat(100, 50)]);
        var (patch, error) = await RunAsync(new() { Digest = "md5", Retries = 3, RetryDelay = TimeSpan.Zero }, Local, "local", "remote", connector);
        Assert.IsType<TransportException>(error);
        Assert.Equal(BdSyncExitStatus.Connection, error.ExitStatus);
        Assert.Contains("3 times more", error.Message, StringComparison.Ordinal);
        Assert.Matches("had come to byte [0-9]+", error.Message);
        Assert.Equal(4, connector.Connections);
        await PatchCheck.IsIncompleteAsync(patch);
    }

    [Fact]
    public async Task A_device_that_has_another_size_by_then_is_refused()
    {
        var connector = new BreakingConnector(number => TestSession.Serve(number == 0 ? Remote : Remote[1..]), [9_000]);
        var (patch, error) = await RunAsync(new() { Digest = "md5", Retries = 3, RetryDelay = TimeSpan.Zero }, Local, "local", "remote", connector);
        Assert.IsType<SizeMismatchException>(error);
        Assert.Contains("2999999", error.Message, StringComparison.Ordinal);
        await PatchCheck.IsIncompleteAsync(patch);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_peer_that_is_silent_for_too_long_is_left(int retries)
    {
        var connector = new SilentConnector(TimeSpan.FromMilliseconds(200));
        var start = Stopwatch.GetTimestamp();
        var (_, error) = await RunAsync(new() { Retries = retries, RetryDelay = TimeSpan.Zero }, Local, "local", "remote", connector);
        Assert.IsType<TransportException>(error);
        Assert.Equal(BdSyncExitStatus.Connection, error.ExitStatus);
        Assert.Contains("silent for 0.2 seconds", error.Message, StringComparison.Ordinal);
        Assert.Equal(1 + retries, connector.Connections);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromMilliseconds(150 * (1 + retries)), TimeSpan.FromSeconds(20));
    }

    private static async Task<(byte[] Patch, BdSyncException? Error)> RunAsync(
        BdSyncClientOptions options, byte[] local, string localName, string remoteName, TransportConnector connector)
    {
        using var device = new MemoryDevice(local, localName);
        using var patch = new MemoryStream();
        try
        {
            await new BdSyncClient(options).WritePatchAsync(connector, device, remoteName, patch, cancellationToken: Cancellation).WaitAsync(TestSession.Limit, Cancellation);
            return (patch.ToArray(), null);
        }
        catch (BdSyncException exception)
        {
            return (patch.ToArray(), exception);
        }
    }

    /// <summary>Connects to peers that take everything and never say a word.</summary>
    private sealed class SilentConnector(TimeSpan limit) : TransportConnector
    {
        public int Connections { get; private set; }

        public override Task<Transport> ConnectAsync(CancellationToken cancellationToken = default)
        {
            Connections++;
            return Task.FromResult<Transport>(new SilentTransport(new StreamPair(), limit));
        }
    }

    private sealed class SilentTransport(StreamPair streams, TimeSpan limit) : Transport
    {
        public override Stream Input => streams.ClientInput;

        public override Stream Output => streams.ClientOutput;

        public override TimeSpan AliveLimit => limit;

        public override Task<int> CompleteAsync(CancellationToken cancellationToken = default) => Task.FromResult(0);

        protected override ValueTask DisposeAsyncCore()
        {
            streams.CloseClient();
            return ValueTask.CompletedTask;
        }
    }
}
