using BdSync.Cli.Guest;

namespace BdSync.Guest.Tests;

/// <summary>Whole runs of tasks on real LVM: the scenarios of BdSync.Cli.Guest, each as a test.</summary>
public class TaskScenarioTests(TaskScenarioRun run) : IClassFixture<TaskScenarioRun>
{
    public static TheoryData<string> Names => [.. TaskScenarios.All.Parts.SelectMany(part => part)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Scenario_succeeds(string name) => run.AssertSucceededAsync(name);

    [Fact]
    public Task Guests_come_to_a_good_end() => run.AssertEndedAsync();
}
