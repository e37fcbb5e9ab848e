using BdSync.Cli.Guest.Incremental;
using BdSync.Cli.Guest.Scenarios;
using BdSync.TestUtilities.Guests;

namespace BdSync.Cli.Guest;

/// <summary>All that is run in the guest.</summary>
public static class TaskScenarios
{
    /// <summary>Names the C tool in the guest, and has the program run <see cref="Stock"/>.</summary>
    public const string StockVariable = "BDSYNC_STOCK";

    /// <summary>Where the C tool is in the guest.</summary>
    public const string StockPath = $"{LvmGuest.GuestSharedFolder}/stock-bdsync";

    /// <summary>The scenarios that need nothing else. The parts take about as long as each other.</summary>
    public static ScenarioList<TaskMachine> All { get; } = new ScenarioList<TaskMachine>(name => new(name))
        .Add(
            SnapshotScenarios.Thick_snapshot_of_a_file_system_in_use_is_whole,
            SnapshotScenarios.Thin_volume_needs_no_size,
            SnapshotScenarios.Names_with_dashes_are_no_obstacle,
            InterruptionScenarios.Overflow_in_the_middle_fails_the_task,
            InterruptionScenarios.What_a_killed_run_left_is_cleaned_up,
            InterruptionScenarios.Terminated_run_leaves_nothing,
            InterruptionScenarios.Foreign_snapshot_stops_the_task,
            GroupScenarios.Whole_group_is_copied,
            GroupScenarios.Snapshots_together_are_of_one_moment,
            GroupScenarios.Snapshots_together_are_all_or_none,
            GroupScenarios.Snapshots_together_of_one_source_are_two,
            GroupScenarios.Snapshots_together_of_volumes_with_long_names,
            ParallelScenarios.Incremental_tasks_of_one_pool_run_at_once,
            ParallelScenarios.Snapshots_together_are_read_at_once)
        .Add(
            TargetScenarios.Target_is_created_grown_and_shrunk,
            TargetScenarios.Target_that_is_mounted_is_not_resized,
            TargetScenarios.Target_behind_a_connection_is_created_and_grown,
            TargetScenarios.Target_in_use_behind_a_connection_is_not_resized,
            FaultScenarios.Write_errors_keep_the_patch,
            FaultScenarios.Read_errors_of_the_target_leave_it_untouched,
            FaultScenarios.Read_errors_of_the_source_leave_the_target_untouched,
            ChainScenarios.Kept_snapshot_that_overflowed_is_not_trusted,
            ChainScenarios.Era_device_that_is_made_anew_is_not_trusted,
            ChainScenarios.What_was_kept_is_gone_once_nobody_asks_for_it,
            ChainScenarios.Way_of_finding_changes_may_change)
        .Add(IncrementalScenarios.For("Thin", ThinSource.CreateAsync, TaskMachine.Program))
        .Add(IncrementalScenarios.For("Thick", ThickSource.CreateAsync, TaskMachine.Program))
        .Add(IncrementalScenarios.For("Era", EraSource.CreateAsync, TaskMachine.Program));

    /// <summary>The scenarios with the C tool as the other side.</summary>
    public static ScenarioList<TaskMachine> Stock { get; } = new ScenarioList<TaskMachine>(name => new(name))
        .Add(IncrementalScenarios.For("Stock", ThinSource.CreateAsync, StockPath));
}
