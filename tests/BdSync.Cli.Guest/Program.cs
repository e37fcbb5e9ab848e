using BdSync.Cli.Guest;

// What went wrong in each scenario goes into the folder of the first argument; the second says which are run.
await TaskScenarios.All.RunAsync(args[0], args[1]);
