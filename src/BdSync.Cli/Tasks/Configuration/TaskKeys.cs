namespace BdSync.Cli.Tasks.Configuration;

/// <summary>The keys of a task file.</summary>
internal static class TaskKeys
{
    public const string SourcePath = "source_path";
    public const string TargetPath = "target_path";
    public const string Connection = "connection";
    public const string ConnectionCommand = "connection_command";
    public const string Direction = "direction";
    public const string LocalBdSync = "local_bdsync_bin";
    public const string RemoteBdSync = "remote_bdsync_bin";
    public const string BdSyncArguments = "bdsync_args";
    public const string ClientArguments = "client_args";
    public const string ServerArguments = "server_args";
    public const string PatchArguments = "patch_args";
    public const string PatchFolder = "target_patch_dir";
    public const string ApplyInPlace = "apply_patch_in_place";
    public const string CreateTarget = "create_target_if_missing";
    public const string Disabled = "disabled";
    public const string BandwidthLimit = "bandwidth_limit";
    public const string Compression = "patch_compression";
    public const string KeepPatches = "keep_patches";
    public const string UndoPatches = "undo_patches";
    public const string Verify = "verify";
    public const string Audit = "audit";
    public const string Retries = "retries";
    public const string LvmEnabled = "lvm_snapshot_enabled";
    public const string LvmSnapshotSize = "lvm_snapshot_size";
    public const string LvmSnapshotName = "lvm_snapshot_name";
    public const string LvmProgram = "lvm_program_path";
    public const string LvmTogether = "lvm_snapshot_together";
    public const string LvmIncremental = "lvm_incremental";
    public const string LvmEraDevice = "lvm_era_device";
    public const string FullCompareEvery = "full_compare_every";
    public const string SourceVolumeGroup = "source_volume_group";
    public const string SourceVolumes = "source_volumes";
    public const string SourceVolumesExcluded = "source_volumes_exclude";
    public const string TargetCreate = "target_create";
    public const string TargetVolumeGroup = "target_volume_group";
    public const string TargetResize = "target_resize";
    public const string TargetShrink = "target_shrink";
    public const string RunBefore = "run_before";
    public const string RunAfter = "run_after";
    public const string RunOnError = "run_on_error";
    public const string RunTimeLimit = "run_time_limit";

    /// <summary>Only in <c>[DEFAULT]</c>, as it is about a run.</summary>
    public const string RunFirst = "run_first";

    /// <summary>Only in <c>[DEFAULT]</c>, as it is about a run.</summary>
    public const string RunLast = "run_last";

    /// <summary>How much of an unknown key is compared with the known ones.</summary>
    private const int MaxComparedLength = 64;

    /// <summary>Every key of a section.</summary>
    public static IReadOnlyList<string> OfTask { get; } =
    [
        SourcePath, TargetPath, Connection, ConnectionCommand, Direction, LocalBdSync, RemoteBdSync, BdSyncArguments, ClientArguments, ServerArguments, PatchArguments,
        PatchFolder, ApplyInPlace, CreateTarget, Disabled, BandwidthLimit, Compression, KeepPatches, UndoPatches, Verify, Audit, Retries,
        LvmEnabled, LvmSnapshotSize, LvmSnapshotName, LvmProgram, LvmTogether, LvmIncremental, LvmEraDevice, FullCompareEvery, SourceVolumeGroup, SourceVolumes, SourceVolumesExcluded,
        TargetCreate, TargetVolumeGroup, TargetResize, TargetShrink, RunBefore, RunAfter, RunOnError, RunTimeLimit,
    ];

    /// <summary>Every key that only <c>[DEFAULT]</c> may have.</summary>
    public static IReadOnlyList<string> OfRun { get; } = [RunFirst, RunLast];

    public static bool IsKnown(string key) => OfTask.Contains(key) || OfRun.Contains(key);

    /// <summary>The known key that an unknown one resembles most.</summary>
    public static string FindNearest(string key)
    {
        var compared = key.Length <= MaxComparedLength ? key : key[..MaxComparedLength];
        return OfTask.Concat(OfRun).MinBy(known => GetDistance(compared, known))!;
    }

    /// <summary>How many characters have to be put in, taken out or replaced: Levenshtein's distance.</summary>
    private static int GetDistance(string from, string to)
    {
        var distances = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var row = 1; row <= from.Length; row++)
        {
            var diagonal = distances[0];
            distances[0] = row;
            for (var column = 1; column <= to.Length; column++)
            {
                var replaced = diagonal + (from[row - 1] == to[column - 1] ? 0 : 1);
                diagonal = distances[column];
                distances[column] = Math.Min(replaced, 1 + Math.Min(diagonal, distances[column - 1]));
            }
        }

        return distances[^1];
    }
}
