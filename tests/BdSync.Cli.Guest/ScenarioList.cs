using BdSync.Cli.Guest.Incremental;
using BdSync.Cli.Guest.Scenarios;

namespace BdSync.Cli.Guest;

/// <summary>All that is run in the guest. A failure in one leaves the others alone: each has volumes of its own.</summary>
public static class ScenarioList
{
    /// <summary>The scenarios, by name, in the order in which they are run.</summary>
    public static IReadOnlyDictionary<string, Func<TaskMachine, Task>> All { get; } = new OrderedDictionary<string, Func<TaskMachine, Task>>(
    [
        .. ((Func<TaskMachine, Task>[])
        [
            ChainScenarios.Kept_snapshot_that_overflowed_is_not_trusted,
            ChainScenarios.Era_device_that_is_made_anew_is_not_trusted,
            ChainScenarios.Way_of_finding_changes_may_change,
        ]).Select(run => KeyValuePair.Create(run.Method.Name, run)),
        .. IncrementalScenarios.For("Thick", ThickSource.CreateAsync, TaskMachine.Program),
        .. IncrementalScenarios.For("Era", EraSource.CreateAsync, TaskMachine.Program),
    ]);
}
