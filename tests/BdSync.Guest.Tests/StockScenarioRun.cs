using BdSync.Cli.Guest;
using BdSync.TestUtilities;

namespace BdSync.Guest.Tests;

/// <summary>The scenarios of BdSync.Cli.Guest that have the C tool as the other side.</summary>
public sealed class StockScenarioRun() : TaskGuests(TaskScenarios.Stock.Parts, $"export {TaskScenarios.StockVariable}={TaskScenarios.StockPath}")
{
    /// <inheritdoc/>
    protected override void Share(string folder) =>
        File.Copy(TestEnvironment.RequireStockTool(), Path.Combine(folder, Path.GetFileName(TaskScenarios.StockPath)));
}
