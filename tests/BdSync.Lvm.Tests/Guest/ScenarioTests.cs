using BdSync.Lvm.Guest;

namespace BdSync.Lvm.Tests.Guest;

/// <summary>The scenarios of BdSync.Lvm.Guest on real LVM: one boot for all of them, and a test for each.</summary>
public class ScenarioTests(ScenarioRun run) : IClassFixture<ScenarioRun>
{
    public static TheoryData<string> Names => [.. LvmScenarios.All.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Scenario_succeeds(string name) => run.AssertSucceededAsync(name);

    [Fact]
    public Task Guest_comes_to_a_good_end() => run.AssertEndedAsync();
}
