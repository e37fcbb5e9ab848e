using System.Net;
using System.Net.Sockets;
using BdSync.Interop.Tests.Programs;
using BdSync.TestUtilities.Ssh;

namespace BdSync.Interop.Tests.Ssh;

/// <summary>What the built-in ssh says where something is wrong: which side it is, and what to do. Never a stack trace, never a hang, never a patch with an end.</summary>
public sealed class SshErrorTests(SshHost host) : IClassFixture<SshHost>, IDisposable
{
    private const int Connection = 13;
    private const int Process = 8;
    private const int Read = 6;

    private readonly WorkFolder folder = new();

    [Fact]
    public async Task A_host_that_is_not_known_is_refused_with_its_fingerprint()
    {
        var configuration = host.Configure("unknown", host.Server.Port, "HostKeyAlias somebody-else");
        var result = await RunAsync([$"--ssh-config={configuration}"], Connection);
        Assert.Contains(host.Server.HostKeys[0].Fingerprint, result.Errors, StringComparison.Ordinal);
        Assert.Contains("somebody-else", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_whose_key_has_changed_is_refused_with_both_fingerprints_and_the_line()
    {
        var other = SshKeyPair.Create(folder["other"]);
        folder.Write("known_hosts", System.Text.Encoding.ASCII.GetBytes($"# a comment\nchanged {other.PublicLine}\n"));
        var configuration = host.Configure("changed", host.Server.Port, $"UserKnownHostsFile {folder["known_hosts"]}", "HostKeyAlias changed");
        var result = await RunAsync([$"--ssh-config={configuration}"], Connection);
        Assert.Contains(host.Server.HostKeys[0].Fingerprint, result.Errors, StringComparison.Ordinal);
        Assert.Contains(other.Fingerprint, result.Errors, StringComparison.Ordinal);
        Assert.Contains($"{folder["known_hosts"]}:2", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_nobody_lets_in_is_named()
    {
        var stranger = SshKeyPair.Create(folder["stranger"]);
        var configuration = host.Configure("stranger", host.Server.Port, $"IdentityFile {stranger.Path}");
        File.WriteAllText(configuration, File.ReadAllText(configuration).Replace($"IdentityFile {host.Key.Path}\n", "", StringComparison.Ordinal));
        var result = await RunAsync([$"--ssh-config={configuration}"], Connection);
        Assert.Contains("refuses the login", result.Errors, StringComparison.Ordinal);
        Assert.Contains(stranger.Path, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_with_a_passphrase_and_no_terminal_is_named()
    {
        var locked = SshKeyPair.Create(folder["locked"], passphrase: "secret");
        host.Server.Authorize(locked);
        var configuration = host.Configure("locked", host.Server.Port, $"IdentityFile {locked.Path}");
        File.WriteAllText(configuration, File.ReadAllText(configuration).Replace($"IdentityFile {host.Key.Path}\n", "", StringComparison.Ordinal));
        var result = await RunAsync([$"--ssh-config={configuration}"], Connection);
        Assert.Contains("passphrase", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_unreachable()
    {
        // Bound, so that nobody else gets it meanwhile, but not listening.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var result = await RunAsync([$"--ssh-config={host.Configure("nobody", ((IPEndPoint)socket.LocalEndPoint!).Port)}"], Connection);
        Assert.Contains("can't be reached", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_accepts_and_is_silent_takes_as_long_as_connecting_may()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var configuration = host.Configure("silent", ((IPEndPoint)listener.LocalEndpoint).Port, "ConnectTimeout 1");
        var result = await RunAsync([$"--ssh-config={configuration}"], Connection);
        Assert.Matches("can't be reached|longer than 1 seconds", result.Errors);
    }

    [Fact]
    public async Task A_host_without_a_name_is_unreachable() =>
        await RunAsync([$"--ssh-config={host.Configure("nameless", host.Server.Port, "HostName no-such-host.invalid", "ConnectTimeout 10")}"], Connection);

    [Fact]
    public async Task A_remote_program_that_is_missing_is_told_from_a_connection_that_fails()
    {
        var result = await RunAsync([$"--ssh-config={host.Configuration}", "--remote-bdsync=/no/such/bdsync"], Process);
        Assert.Contains("was not found", result.Errors, StringComparison.Ordinal);
        Assert.Contains("--remote-bdsync", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_the_host_replaces_by_another_is_no_server()
    {
        var key = SshKeyPair.Create(folder["restricted"]);
        host.Server.Authorize(key, "command=\"echo You may not; exit 3\"");
        var configuration = host.Configure("restricted", host.Server.Port, $"IdentityFile {key.Path}");
        File.WriteAllText(configuration, File.ReadAllText(configuration).Replace($"IdentityFile {host.Key.Path}\n", "", StringComparison.Ordinal));
        folder.Write("source", [1]);
        var result = await folder.RunAsync(Tool.Ours, [$"--ssh-config={configuration}", SshHost.Address, "source", "/target"]);
        Assert.NotEqual(0, result.ExitCode);
        result.ShouldExplainItselfBriefly();
        Assert.Contains("announced a message of", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public async Task A_device_that_the_server_cannot_open_is_the_likely_reason(Implementation server)
    {
        var program = Tool.Require(server);
        folder.Write("source", [1]);
        var result = await folder.RunAsync(Tool.Ours, [$"--ssh-config={host.Configuration}", $"--remote-bdsync={program}", SshHost.Address, "source", "/no/such/device"]);
        result.ShouldExitWith(Read);
        Assert.Contains("may be unable to open its device", result.Errors, StringComparison.Ordinal);
        Assert.Contains("exit status", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ssh://")]
    [InlineData("ssh://host:0")]
    [InlineData("ssh://host:70000")]
    [InlineData("ssh://host/path")]
    [InlineData("ssh://user:password@host")]
    public async Task An_address_that_makes_no_sense_is_refused(string address)
    {
        folder.Write("source", [1]);
        (await folder.RunAsync(Tool.Ours, [address, "source", "/target"])).ShouldExitWith(1).ShouldExplainItselfBriefly();
    }

    public void Dispose() => folder.Dispose();

    private async Task<ProgramResult> RunAsync(string[] options, int exitCode)
    {
        folder.Write("source", [1]);
        folder.Write("target", [2]);
        var result = await folder.RunAsync(Tool.Ours, [.. options, SshHost.Address, "source", folder["target"]]);
        result.ShouldExitWith(exitCode);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        return result;
    }
}
