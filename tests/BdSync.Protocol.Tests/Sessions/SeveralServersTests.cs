using BdSync.Protocol.Planning;
using BdSync.Protocol.Tests.Patching;
using BdSync.TestUtilities;
using FsCheck;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Servers that share the work: nobody can tell from the patch how many there were.</summary>
[Properties(Arbitrary = [typeof(SyncGenerators)])]
public class SeveralServersTests
{
    private static readonly byte[] Local = [.. Enumerable.Repeat((byte)1, 8_000_000)];
    private static readonly byte[] Remote = new byte[8_000_000];

    [Property(MaxTest = 150)]
    public async Task The_patch_is_the_one_of_the_specification_whatever_their_number(SyncScenario scenario, PositiveInt seed)
    {
        var count = 1 + (seed.Get % 5);
        var expected = ReferencePatch.Compute(scenario.Options, scenario.Source, scenario.Target, "target");
        var (localName, remoteName) = scenario.Options.RemoteData ? ("target", "source") : ("source", "target");
        using var local = new MemoryDevice(scenario.Devices.Local, localName);
        var servers = Enumerable.Range(0, count).Select(index => TestSession.Serve(scenario.Devices.Remote) with { Threads = 1 + (index % 3), ZeroBlocks = scenario.ServerZeroBlocks });

        var result = await SharedSession.RunAsync(scenario.Options, local, remoteName, [.. servers]);

        if (count > 1 && scenario.Options is { RemoteData: true, Checksum: not null })
        {
            Assert.Equal(BdSyncExitStatus.Parameters, result.ClientStatus);
            Assert.Empty(result.Patch);
        }
        else if (expected is null)
        {
            Assert.Equal(BdSyncExitStatus.SizeMismatch, result.ClientStatus);
            Assert.Empty(result.Patch);
        }
        else
        {
            Assert.Null(result.ClientError);
            Assert.Equal(expected, result.Patch);
        }
    }

    [Fact]
    public async Task A_checksum_over_the_remote_device_can_not_be_shared()
    {
        using var local = new MemoryDevice(Local, "local");
        var options = new BdSyncClientOptions { RemoteData = true, Checksum = "md5" };
        var result = await SharedSession.RunAsync(options, local, "remote", TestSession.Serve(Remote), TestSession.Serve(Remote));
        Assert.Equal(BdSyncExitStatus.Parameters, result.ClientStatus);
        Assert.Empty(result.Patch);
    }

    [Fact]
    public async Task A_server_that_is_gone_does_not_wait_for_one_that_never_answers()
    {
        var (gone, silent) = (new StreamPair(), new StreamPair());
        gone.CompleteServer();
        using var local = new MemoryDevice(Local, "local");

        var running = new BdSyncClient().WritePatchAsync(
            [silent.CreateClientTransport(), gone.CreateClientTransport()], local, "remote", Stream.Null, cancellationToken: TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<TransportException>(() => running.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task No_server_at_all_is_a_mistake_of_the_caller()
    {
        using var local = new MemoryDevice(Local, "local");
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            new BdSyncClient().WritePatchAsync([], local, "remote", Stream.Null, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task All_of_them_work()
    {
        var devices = Enumerable.Range(0, 3).Select(_ => new MemoryDevice(Remote)).ToArray();
        using var local = new MemoryDevice(Local, "local");
        var servers = devices.Select(device => new BdSyncServerOptions { OpenDevice = _ => device });
        var result = await SharedSession.RunAsync(new(), local, "remote", [.. servers]);
        Assert.Null(result.ClientError);
        Assert.All(devices, device => Assert.InRange(device.BytesRead, 1, Remote.Length / 2));
        Assert.Equal(ReferencePatch.Compute(new(), Local, Remote, "remote"), result.Patch);
    }

    [Theory]
    [InlineData(100, 101, 100)]
    [InlineData(101, 100, 100)]
    [InlineData(100, 100, 0)]
    public async Task Servers_that_disagree_on_the_size_are_refused(params int[] lengths)
    {
        using var local = new MemoryDevice(Local.AsSpan(0, 100), "local");
        var result = await SharedSession.RunAsync(new() { SizePolicy = SizePolicy.Resize }, local, "remote", [.. lengths.Select(length => TestSession.Serve(new byte[length]))]);
        Assert.Equal(BdSyncExitStatus.Protocol, result.ClientStatus);
        Assert.IsType<ProtocolException>(result.ClientError);
        Assert.Empty(result.Patch);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(1, true)]
    public async Task One_that_ends_in_the_middle_ends_the_session_and_the_patch_is_incomplete(int position, bool remoteData)
    {
        using var local = new MemoryDevice(Local, "local");
        var ending = SharedSession.Play(ScriptStep.Send(RawMessage.Hello("SERVER 0.5"), RawMessage.Size(Remote.Length)), ScriptStep.On(HostileServer.GetHashes));
        var peers = Enumerable.Range(0, 3).Select(index => index == position ? ending : SharedSession.Serve(TestSession.Serve(Remote)));
        var result = await SharedSession.RunAsync(new() { RemoteData = remoteData }, local, "remote", [.. peers]);
        Assert.Equal(BdSyncExitStatus.Read, result.ClientStatus);
        await PatchCheck.IsIncompleteAsync(result.Patch);
    }

    [Fact]
    public async Task One_that_ends_before_it_says_anything_ends_the_session()
    {
        using var local = new MemoryDevice(Local, "local");
        var result = await SharedSession.RunAsync(new(), local, "remote", SharedSession.Serve(TestSession.Serve(Remote)), SharedSession.Play());
        Assert.Equal(BdSyncExitStatus.Read, result.ClientStatus);
        Assert.Empty(result.Patch);
    }

    [Fact]
    public async Task One_that_is_a_C_tool_makes_it_md5_for_all()
    {
        var proxies = new RecordingProxy[] { new(), new("CLIENT 0.5"), new() };
        using var local = new MemoryDevice(Local, "local");
        var result = await SharedSession.RunAsync(new(), local, "remote", [.. proxies.Select(Start)]);
        Assert.Null(result.ClientError);
        Assert.All(proxies, proxy => Assert.Equal(["md5"], proxy.DigestNames));
        Assert.Equal(ReferencePatch.Compute(new(), Local, Remote, "remote"), result.Patch);

        static Func<StreamPair, Task> Start(RecordingProxy proxy) => streams => proxy.ServeAsync(TestSession.Serve(Remote), streams, TestContext.Current.CancellationToken);
    }
}
