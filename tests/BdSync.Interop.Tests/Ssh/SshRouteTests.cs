using BdSync.Interop.Tests.Memory;
using BdSync.Interop.Tests.Processes;
using BdSync.Interop.Tests.Programs;
using BdSync.Interop.Tests.Scenarios;
using BdSync.TestUtilities.Ssh;

namespace BdSync.Interop.Tests.Ssh;

/// <summary>Ways to a host that are not the usual one, and peers that take or give too much.</summary>
public sealed class SshRouteTests(SshHost host) : IClassFixture<SshHost>, IDisposable
{
    private readonly WorkFolder folder = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_host_is_reached_through_another_one(int channels)
    {
        var jump = host.Configure($"jump{channels}", host.Server.Port, "ProxyJump gate");
        File.AppendAllText(jump, File.ReadAllText(host.Configuration).Replace($"Host {SshHost.Name}", "Host gate", StringComparison.Ordinal));
        await CompareAsync($"--ssh-config={jump}", $"--channels={channels}", "--hash=md5");
    }

    [Fact]
    public async Task A_jump_host_that_cannot_reach_the_host_is_named()
    {
        var jump = host.Configure("closed", 1, "ProxyJump gate");
        File.AppendAllText(jump, File.ReadAllText(host.Configuration).Replace($"Host {SshHost.Name}", "Host gate", StringComparison.Ordinal));
        folder.Write("source", [1]);
        var result = await folder.RunAsync(Tool.Ours, [$"--ssh-config={jump}", SshHost.Address, "source", "/target"]);
        result.ShouldExitWith(13).ShouldExplainItselfBriefly();
        Assert.Contains($"through {SshServer.User}@{SshServer.Address}:{host.Server.Port}", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_allows_few_sessions_gets_more_connections()
    {
        using var server = SshServer.Start(["MaxSessions 2", "MaxStartups 100"]);
        server.Authorize(host.Key);
        File.WriteAllText(folder["known_hosts"], server.KnownHostsLine + "\n");
        var configuration = host.Configure("few", server.Port, $"UserKnownHostsFile {folder["known_hosts"]}", $"HostKeyAlias [{SshServer.Address}]:{server.Port}");
        await CompareAsync($"--ssh-config={configuration}", "--channels=5", "--hash=md5", $"--remote-bdsync={Tool.Ours}");
    }

    [Fact]
    public async Task A_server_that_hangs_after_the_end_does_not_hold_up_the_client()
    {
        // A limit that leaves a slow and busy machine the time to start the server. After its end the command hangs for longer than any test waits.
        var configuration = host.Configure("hangs", host.Server.Port, "ServerAliveInterval 5", "ServerAliveCountMax 2");
        var script = folder.WriteScript("remote", $"'{Tool.Ours}' --server; while [ -d '{folder.Path}' ]; do sleep 0.1; done");
        folder.Write("source", [1, 2]);
        folder.Write("target", [1, 3]);
        var result = await folder.RunAsync(Tool.Ours, [$"--ssh-config={configuration}", $"--remote-bdsync={script}", SshHost.Address, "source", folder["target"]]);
        result.ShouldExitWith(255);
        Assert.Contains("The patch is complete", result.Errors, StringComparison.Ordinal);
        (await folder.RunAsync(Tool.Ours, ["--patch"], result.Output)).ShouldExitWith(0);
    }

    [Fact]
    public async Task A_peer_that_sends_without_being_asked_is_left()
    {
        var script = folder.WriteScript("remote", $"'{Tool.Ours}' --server | (head -c 40; exec cat /dev/zero)");
        folder.Write("source", [1, 2]);
        folder.Write("target", [1, 3]);
        await using var memory = new PeakMemory();
        await using var client = folder.Start(Tool.Ours, [$"--ssh-config={host.Configuration}", $"--remote-bdsync={script}", SshHost.Address, "source", folder["target"]]);
        memory.Watch("client", client.Id);
        client.CollectOutput();
        Assert.NotEqual(0, (await client.WaitAsync()).ExitCode);
        await memory.ShouldStayBelowLimitAsync();
    }

    [Theory(DisableParallelization = true)]
    [InlineData("")]
    [InlineData("--remdata")]
    public async Task Memory_stays_bounded_though_all_differs_and_the_patch_is_read_slowly(string option)
    {
        Devices.Create(folder, LargeDevices.Mebibytes);
        var (local, other) = option.Length > 0 ? (Devices.Target, Devices.Source) : (Devices.Source, Devices.Target);
        await using var memory = new PeakMemory();
        await using var client = folder.Start(
            Tool.Ours, ((string[])["--threads=2", "--channels=2", option, $"--ssh-config={host.Configuration}", SshHost.Address, local, folder[other]]).Where(word => word.Length > 0));
        memory.Watch("client", client.Id);
        await client.ReadOutputAsync(20_000_000);
        await Wait.ForAsync(1000);
        await client.DropOutputAsync();
        (await client.WaitAsync()).ShouldExitWith(0);
        await memory.ShouldStayBelowLimitAsync();
    }

    public void Dispose() => folder.Dispose();

    private async Task CompareAsync(params string[] options)
    {
        var devices = DevicePair.Get("large");
        folder.Write("source", devices.Source);
        folder.Write("target", devices.Target);
        var result = await folder.RunAsync(Tool.Ours, [.. options, SshHost.Address, "source", folder["target"]]);
        result.ShouldExitWith(0);
        Assert.Equal(new ExpectedPatch(new(), devices).ToBytes(folder["target"]), result.Output.AsSpan());
    }
}
