using BdSync.Cli.Guest;

namespace BdSync.Guest.Tests;

/// <summary>The scenarios of BdSync.Cli.Guest.</summary>
public sealed class TaskScenarioRun() : TaskGuests(TaskScenarios.All.Parts);
