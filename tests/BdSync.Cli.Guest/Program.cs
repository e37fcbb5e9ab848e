using System.Globalization;
using BdSync.Cli.Guest;

// Where the outcomes go, which part of the scenarios is run, and what they have in their names.
var scenarios = Environment.GetEnvironmentVariable(TaskScenarios.StockVariable) is null ? TaskScenarios.All : TaskScenarios.Stock;
await scenarios.RunAsync(args[0], int.Parse(args[1], CultureInfo.InvariantCulture), args[2]);
