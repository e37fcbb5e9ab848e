using BdSync.Cli.Tasks.Hosts;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>A connection command that executes its words as they are, as sudo and lxc-attach do.</summary>
public sealed class ExecHostTests : RemoteHostScenarios
{
    private protected override RemoteHost CreateHost(string program, string? path = null) =>
        new(CreateTask(new("env", ["env", $"PATH={path ?? Environment.GetEnvironmentVariable("PATH")}"]), program), Log);
}
