using BdSync.Lvm.Guest;

namespace BdSync.Guest.Tests;

/// <summary>The scenarios of BdSync.Lvm.Guest on real LVM, each as a test.</summary>
public class LvmScenarioTests(LvmScenarioRun run) : IClassFixture<LvmScenarioRun>
{
    public static TheoryData<string> Names => [.. LvmScenarios.All.Parts.SelectMany(part => part)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Scenario_succeeds(string name) => run.AssertSucceededAsync(name);

    [Fact]
    public Task Guests_come_to_a_good_end() => run.AssertEndedAsync();
}
