using System.Globalization;
using BdSync.Lvm.Guest;

// Where the outcomes go, which part of the scenarios is run, and what they have in their names.
await LvmScenarios.All.RunAsync(args[0], int.Parse(args[1], CultureInfo.InvariantCulture), args[2]);
