using BdSync.Cli.Tasks.Hosts;
using BdSync.Interop.Tests.Ssh;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>ssh as the connection command.</summary>
public sealed class SshCommandHostTests(SshHost host) : RemoteHostScenarios, IClassFixture<SshHost>
{
    private protected override RemoteHost CreateHost(string program, string? path = null)
    {
        string[] start = path is null ? [] : ["env", $"PATH={path}"];
        return new(CreateTask(new("ssh", ["ssh", "-F", host.Configuration, SshHost.Name, .. start]), program), Log);
    }
}
