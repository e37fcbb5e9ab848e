using System.Globalization;
using BdSync.Cli.Guest;

// Where the outcomes go, which part of the scenarios is run, and what they have in their names.
await TaskScenarios.All.RunAsync(args[0], int.Parse(args[1], CultureInfo.InvariantCulture), args[2]);
