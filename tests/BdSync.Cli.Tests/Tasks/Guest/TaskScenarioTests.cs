using BdSync.Cli.Guest;

namespace BdSync.Cli.Tests.Tasks.Guest;

/// <summary>Whole runs of tasks on real LVM: one boot for all scenarios of BdSync.Cli.Guest, and a test for each.</summary>
public class TaskScenarioTests(TaskScenarioRun run) : IClassFixture<TaskScenarioRun>
{
    public static TheoryData<string> Names => [.. TaskScenarios.All.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Scenario_succeeds(string name) => run.AssertSucceededAsync(name);

    [Fact]
    public Task Guest_comes_to_a_good_end() => run.AssertEndedAsync();
}
