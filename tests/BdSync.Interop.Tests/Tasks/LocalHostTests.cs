using BdSync.Cli.Tasks.Hosts;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>This machine.</summary>
public sealed class LocalHostTests : HostScenarios
{
    private protected override TaskHost CreateHost() => new LocalHost(CreateTask(connection: null, "bdsync"), Log);
}
