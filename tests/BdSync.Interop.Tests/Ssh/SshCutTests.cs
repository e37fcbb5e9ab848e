using System.Globalization;
using BdSync.Interop.Tests.Processes;
using BdSync.Interop.Tests.Programs;
using BdSync.Interop.Tests.Scenarios;

namespace BdSync.Interop.Tests.Ssh;

/// <summary>Connections that break, and servers that die, under the built-in ssh: with retries the patch is that of an uninterrupted run.</summary>
public sealed class SshCutTests(SshHost host) : IClassFixture<SshHost>, IDisposable
{
    private const int Connection = 13;
    private const int Kill = 9;
    private const int Stop = 19;
    private const int Continue = 18;
    private const int StatusLost = 255;

    private readonly WorkFolder folder = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Cuts_at_any_point_do_not_change_the_patch(int seed)
    {
        var random = new Random(seed);
        var scenario = new Scenario { Devices = "large", Hash = "md5", RemoteData = seed % 2 == 0, Checksum = seed % 3 == 0 ? "sha1" : null, TwoPass = seed % 5 == 0 };
        var channels = scenario is { RemoteData: true, Checksum: not null } ? 1 : 1 + (seed % 3);
        var devices = DevicePair.Get(scenario.Devices);
        folder.Write("source", devices.Source);
        folder.Write("target", devices.Target);

        // Logging in takes some 3,000 bytes; a session of these devices takes 160,000, or 3 million with data.
        var cuts = Enumerable.Range(0, 4).Select(_ => random.Next(scenario.RemoteData ? 1_500_000 : 150_000)).ToArray();
        await using var proxy = new BreakingProxy(host.Server.Port, cuts);
        var (local, remote) = scenario.RemoteData ? ("target", folder["source"]) : ("source", folder["target"]);
        string[] options = [.. scenario.ClientArguments, "--retries=8", $"--channels={channels}", $"--ssh-config={host.Configure($"cut{seed}", proxy.Port)}"];

        var result = await folder.RunAsync(Tool.Ours, [.. options, SshHost.Address, local, remote]);

        // A cut may come when all has been answered, and only the server's exit status is on its way.
        result.ShouldExitWith(result.Errors.Contains("The patch is complete", StringComparison.Ordinal) ? StatusLost : 0);
        Assert.Equal(new ExpectedPatch(scenario, devices).ToBytes(scenario.RemoteData ? "target" : folder["target"]), result.Output.AsSpan());
        Assert.InRange(proxy.Connections, 2, 20);
    }

    [Fact]
    public async Task Without_retries_a_cut_ends_with_13_and_says_how_far_it_came()
    {
        var devices = DevicePair.Get("large");
        folder.Write("source", devices.Source);
        folder.Write("target", devices.Target);
        await using var proxy = new BreakingProxy(host.Server.Port, [60_000]);

        var result = await folder.RunAsync(Tool.Ours, ["--hash=md5", $"--ssh-config={host.Configure("once", proxy.Port)}", SshHost.Address, "source", folder["target"]]);

        result.ShouldExitWith(Connection).ShouldExplainItselfBriefly();
        Assert.True(result.Errors.Contains("had come to byte", StringComparison.Ordinal), result.Errors);
        Assert.Contains("The patch is incomplete", result.Errors, StringComparison.Ordinal);
        (await folder.RunAsync(Tool.Ours, ["--patch"], result.Output)).ShouldExitWith(2);
        Assert.Equal(devices.Target, folder.Read("target").AsSpan());
    }

    [Fact]
    public async Task A_server_that_is_killed_is_replaced()
    {
        await using var client = await StartAgainstSlowServerAsync("--retries=2");
        RunningProgram.Send(await GetServerAsync(), Kill);
        folder.Write("go-on", []);
        (await client.WaitAsync()).ShouldExitWith(0);
    }

    [Fact]
    public async Task A_server_that_is_killed_without_retries_ends_the_session()
    {
        await using var client = await StartAgainstSlowServerAsync();
        RunningProgram.Send(await GetServerAsync(), Kill);
        var result = await client.WaitAsync();
        result.ShouldExitWith(Connection);
        Assert.Matches("signal (KILL|9)", result.Errors);
    }

    [Fact]
    public async Task A_connection_whose_sshd_is_killed_is_opened_again()
    {
        await using var client = await StartAgainstSlowServerAsync("--retries=2");
        RunningProgram.Send(FindSshd(await GetServerAsync()), Kill);
        folder.Write("go-on", []);
        (await client.WaitAsync()).ShouldExitWith(0);
    }

    [Fact]
    public async Task A_connection_whose_sshd_stops_is_left_after_the_alive_limit()
    {
        // The server is silent anyway: a limit that leaves the time to stop its sshd before it strikes.
        var configuration = host.Configure("alive", host.Server.Port, "ServerAliveInterval 5", "ServerAliveCountMax 2");
        await using var client = await StartAgainstSlowServerAsync($"--ssh-config={configuration}");
        var sshd = FindSshd(await GetServerAsync());
        RunningProgram.Send(sshd, Stop);
        var result = await client.WaitAsync();
        RunningProgram.Send(sshd, Continue);
        result.ShouldExitWith(Connection);
        Assert.Contains("silent for 10 seconds", result.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    // The one of the connection: the nearest above the remote command, shells left out.
    private static int FindSshd(int id)
    {
        do
        {
            id = GetParent(id);
        }
        while (!File.ReadAllText($"/proc/{id}/comm").StartsWith("sshd", StringComparison.Ordinal));
        return id;
    }

    private static int GetParent(int id)
    {
        var status = File.ReadAllText($"/proc/{id}/stat");
        return int.Parse(status[(status.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    // A server that waits before its first answers until it is told to go on, or until it is the second one.
    private async Task<RunningProgram> StartAgainstSlowServerAsync(params string[] options)
    {
        var devices = DevicePair.Get("odd");
        folder.Write("source", devices.Source);
        folder.Write("target", devices.Target);
        var script = folder.WriteScript(
            "remote", $"cd {folder.Path}\necho $$ >remote.new; mv remote.new remote.pid\nwhile [ ! -e go-on ] && [ -d '{folder.Path}' ]; do sleep 0.05; done\nexec '{Tool.Ours}' --server");
        var client = folder.Start(Tool.Ours, [$"--ssh-config={host.Configuration}", .. options, $"--remote-bdsync={script}", SshHost.Address, "source", folder["target"]]);
        client.CollectOutput();
        await Wait.UntilAsync(() => File.Exists(folder["remote.pid"]), "the server has started");
        return client;
    }

    private async Task<int> GetServerAsync() => int.Parse(await File.ReadAllTextAsync(folder["remote.pid"]), CultureInfo.InvariantCulture);
}
