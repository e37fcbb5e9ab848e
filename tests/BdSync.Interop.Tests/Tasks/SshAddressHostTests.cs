using BdSync.Cli.Tasks.Hosts;
using BdSync.Interop.Tests.Ssh;
using BdSync.Protocol;
using BdSync.TestUtilities.Ssh;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>The built-in ssh.</summary>
public sealed class SshAddressHostTests : RemoteHostScenarios
{
    private const string Login = "Accepted publickey";

    // Some tests end its connections.
    private readonly SshHost host = new();

    [Fact]
    public async Task One_login_is_enough_for_all()
    {
        var before = host.Server.Log.Split(Login).Length;
        await using (var remote = CreateHost())
        {
            for (var count = 0; count < 5; count++)
            {
                await remote.CreateFileAsync(Target, Token);
                Assert.True(await remote.ExistsAsync(Target, Token));
                await remote.RemoveAsync(Target, Token);
            }
        }

        Assert.Equal(before + 1, host.Server.Log.Split(Login).Length);
    }

    [Fact]
    public async Task A_connection_that_is_lost_is_told_and_opened_again()
    {
        await using var remote = CreateHost();
        var path = await remote.CreatePatchFileAsync(Folder, "patch-", ".bdsync", Token);
        var exception = await Assert.ThrowsAsync<TransportException>(() => remote.WriteFileAsync(
            path,
            async (stream, token) =>
            {
                await stream.WriteAsync(new byte[100_000], token);
                host.Server.Kill();
                for (var count = 0; count < 10_000; count++)
                {
                    await stream.WriteAsync(new byte[100_000], token);
                }
            },
            Token).WaitAsync(TimeSpan.FromSeconds(60), Token));
        Assert.True(exception.IsTransient, exception.Message);
        host.Server.Restart();
        await remote.RemoveAsync(path, Token);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task An_idle_connection_that_is_lost_is_opened_again()
    {
        await using var remote = CreateHost();
        Assert.False(await remote.ExistsAsync(Target, Token));
        host.Server.Kill();
        host.Server.Restart();
        Assert.False(await remote.ExistsAsync(Target, Token));
    }

    [Fact]
    public async Task A_host_that_cannot_be_reached_is_a_matter_of_the_connection()
    {
        host.Server.Kill();
        await using var remote = CreateHost();
        Assert.True((await Assert.ThrowsAsync<TransportException>(() => remote.ExistsAsync(Target, Token))).IsTransient);
    }

    public override void Dispose()
    {
        host.Dispose();
        base.Dispose();
    }

    private protected override RemoteHost CreateHost(string program, string? path = null)
    {
        var configuration = host.Configuration;
        if (path is not null)
        {
            var key = SshKeyPair.Create(Work["key"]);
            host.Server.Authorize(key, $"command=\"PATH={path} exec /bin/sh -c \\\"$SSH_ORIGINAL_COMMAND\\\"\"");
            configuration = host.Configure("restricted", host.Server.Port, $"IdentityFile {key.Path}");
        }

        return new(CreateTask(new(SshHost.Address, []), program) with { SshConfiguration = configuration }, Log);
    }
}
