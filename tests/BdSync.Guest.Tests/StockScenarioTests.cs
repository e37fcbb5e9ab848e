using BdSync.Cli.Guest;
using BdSync.TestUtilities;

namespace BdSync.Guest.Tests;

/// <summary>Runs that compare only what has changed, with the C tool as the server and as what applies the patch.</summary>
public class StockScenarioTests(StockScenarioRun run) : IClassFixture<StockScenarioRun>
{
    public static TheoryData<string> Names => [.. TaskScenarios.Stock.Parts.SelectMany(part => part)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Scenario_succeeds(string name)
    {
        TestEnvironment.RequireStockTool();
        return run.AssertSucceededAsync(name);
    }

    [Fact]
    public Task Guest_comes_to_a_good_end()
    {
        TestEnvironment.RequireStockTool();
        return run.AssertEndedAsync();
    }
}
