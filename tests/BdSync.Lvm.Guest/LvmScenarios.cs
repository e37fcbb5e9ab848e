using BdSync.Lvm.Guest.Scenarios;
using BdSync.TestUtilities.Guests;

namespace BdSync.Lvm.Guest;

/// <summary>All that is run in the guest.</summary>
public static class LvmScenarios
{
    /// <summary>The scenarios, in the order in which they are run.</summary>
    public static ScenarioList<Machine> All { get; } = new ScenarioList<Machine>(_ => new())
        .Add(
            SnapshotScenarios.Thick_snapshot_is_taken_read_and_removed,
            SnapshotScenarios.Thin_snapshot_needs_no_size_and_can_be_read,
            SnapshotScenarios.Names_with_dashes_are_no_obstacle,
            SnapshotScenarios.Size_may_be_a_part_of_the_origin,
            SnapshotScenarios.What_a_killed_run_left_is_removed_first,
            SnapshotScenarios.Removal_waits_for_those_who_read,
            SnapshotScenarios.Cancelling_removes_what_was_taken,
            SnapshotFailureScenarios.Foreign_volumes_under_the_name_are_left_alone,
            SnapshotFailureScenarios.Overflow_is_detected,
            SnapshotFailureScenarios.Filling_is_warned_of,
            SnapshotFailureScenarios.Removal_is_refused_without_the_tags,
            SnapshotFailureScenarios.Removal_is_refused_for_another_origin,
            SnapshotFailureScenarios.Removal_is_refused_for_another_snapshot_of_the_origin,
            SnapshotFailureScenarios.Inactive_snapshot_is_not_trusted,
            SnapshotFailureScenarios.Refusal_is_an_error_with_what_LVM_says,
            SnapshotFailureScenarios.Pools_and_snapshots_have_no_thick_snapshot,
            ThinChangesScenarios.All_changes_are_named_and_equal_volumes_have_none,
            ThinChangesScenarios.Reservation_of_a_killed_run_is_released_and_none_is_left,
            ThinChangesScenarios.Volumes_that_are_not_in_one_pool_are_refused,
            ThinChangesScenarios.Kept_snapshot_is_found_and_only_by_its_owner,
            ThickChangesScenarios.All_changes_are_named_and_an_untouched_origin_has_none,
            ThickChangesScenarios.Overflowed_table_is_not_trusted,
            ThickChangesScenarios.Kept_snapshot_stays_active,
            EraScenarios.All_writes_since_an_era_are_named,
            EraScenarios.Device_is_known_by_what_it_lies_above_and_when_it_was_made,
            EraScenarios.Metadata_snapshot_of_a_killed_run_is_dropped,
            OrphanScenarios.Snapshot_whose_origin_is_gone_is_removed_and_no_other,
            VolumeScenarios.Every_form_of_a_path_is_found,
            VolumeScenarios.Inactive_volume_is_found,
            VolumeScenarios.Volumes_of_a_group_are_those_with_data,
            VolumeScenarios.Volume_is_created_grown_and_shrunk,
            VolumeScenarios.Thin_volume_grows,
            VolumeScenarios.Words_work_without_the_tool,
            VolumeScenarios.Missing_group_is_an_error_with_what_LVM_says);
}
