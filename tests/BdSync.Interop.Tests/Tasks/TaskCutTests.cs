using BdSync.Interop.Tests.Programs;
using BdSync.Interop.Tests.Ssh;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>Connections that break in the middle of a run.</summary>
public sealed class TaskCutTests(SshHost host) : IClassFixture<SshHost>, IDisposable
{
    // Logging in takes some 3,000 bytes; comparing takes 160,000 from the server, and the patch has 3,400,000.
    private const int Comparing = 70_000;
    private const int Uploading = 1_500_000;

    private readonly TaskFolder folder = new("large");

    public static TheoryData<string, string, bool> Pushes => new()
    {
        { "address", "stored", false },
        { "address", "stored", true },
        { "address", "in place", true },
        { "command", "stored", false },
        { "command", "stored", true },
        { "command", "in place", true },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Pushes))]
    public async Task With_retries_the_run_goes_well(string connection, string transfer, bool uploading)
    {
        await using var proxy = CreateProxy(connection, uploading);
        Configure(connection, proxy, "retries = 8", $"apply_patch_in_place = {(transfer == "in place" ? "yes" : "no")}");

        var result = (await folder.RunAsync("--log-level", "info")).ShouldExitWith(0);

        Assert.True(proxy.Breaks > 0, $"Nothing was cut: {result.Errors}");
        Assert.DoesNotContain("ERROR", result.Errors, StringComparison.Ordinal);
        Assert.Empty(folder.Patches);
        folder.TargetShouldBeNew();
    }

    [Fact]
    public async Task With_retries_a_pull_goes_well()
    {
        await using var proxy = new BreakingProxy(host.Server.Port, [Uploading, Comparing]);
        Configure("address", proxy, "retries = 8", "direction = pull");

        (await folder.RunAsync()).ShouldExitWith(0);

        Assert.Equal(2, proxy.Breaks);
        Assert.Empty(folder.Patches);
        folder.TargetShouldBeNew();
    }

    [Theory]
    [MemberData(nameof(Pushes))]
    public async Task Without_retries_the_task_fails(string connection, string transfer, bool uploading)
    {
        await using var proxy = CreateProxy(connection, uploading);
        Configure(connection, proxy, $"apply_patch_in_place = {(transfer == "in place" ? "yes" : "no")}");

        var result = (await folder.RunAsync()).ShouldExitWith(3);

        Assert.Contains("[Task data] ERROR: ", result.Errors, StringComparison.Ordinal);
        Assert.True(proxy.Breaks > 0, $"Nothing was cut: {result.Errors}");
        Assert.Empty(folder.Patches);
        if (transfer == "stored")
        {
            folder.TargetShouldBeOld();
        }
        else
        {
            Assert.Contains("another run completes it", result.Errors, StringComparison.Ordinal);
        }

        // The next night.
        Configure(connection, proxy: null);
        (await folder.RunAsync()).ShouldExitWith(0);
        folder.TargetShouldBeNew();
    }

    // A command connects for every step, and only those that move much are long enough to be cut.
    private BreakingProxy CreateProxy(string connection, bool uploading) =>
        new(host.Server.Port, Enumerable.Repeat(uploading ? Uploading : Comparing, connection == "command" ? 6 : 1), countsSent: uploading);

    private void Configure(string connection, BreakingProxy? proxy, params string[] lines)
    {
        var configuration = host.Configure(Path.GetFileName(folder.Work.Path), proxy?.Port ?? host.Server.Port);
        string[] way = connection == "command"
            ? [$"connection_command = ssh -F {configuration} {SshHost.Name}", $"remote_bdsync_bin = {Tool.Ours}", "client_args = --hash=md5"]
            : [$"connection = {SshHost.Address}", $"client_args = --hash=md5 --ssh-config={configuration}"];
        folder.Configure([.. way, .. lines]);
    }
}
