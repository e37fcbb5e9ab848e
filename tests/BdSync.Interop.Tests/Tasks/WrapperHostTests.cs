using BdSync.Cli.Tasks.Hosts;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>A connection command that is a script and does as ssh: it puts its words together and gives them to a shell.</summary>
public sealed class WrapperHostTests : RemoteHostScenarios
{
    private protected override RemoteHost CreateHost(string program, string? path = null) =>
        new(CreateTask(new("wrapper", [Work.WriteScript("wrapper script", $"{(path is null ? "" : $"PATH={path}; ")}exec /bin/sh -c \"$*\"")]), program), Log);
}
