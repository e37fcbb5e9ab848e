namespace BdSync.Cli.Tests.Tasks.Configuration;

/// <summary>What each key may not be, and what is warned of.</summary>
public sealed class TaskRefusalTests : IDisposable
{
    private readonly TaskFileFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("disabled = maybe", "disabled: 'maybe' is no yes or no; 1, yes, y, true and on are allowed, and 0, no, n, false and off.")]
    [InlineData("disabled = ja", "disabled: 'ja' is no yes or no;")]
    [InlineData("verify =", "verify: '' is no yes or no;")]
    [InlineData("create_target_if_missing = 2", "create_target_if_missing: '2' is no yes or no;")]
    [InlineData("apply_patch_in_place = t", "apply_patch_in_place: 't' is no yes or no;")]
    [InlineData("lvm_snapshot_enabled = -", "lvm_snapshot_enabled: '-' is no yes or no;")]
    [InlineData("connection = host", "connection: 'host' is no address; ssh://[USER@]HOST[:PORT] is allowed, a command belongs into connection_command.")]
    [InlineData("connection = ssh://", "connection: The destination ssh:// can't be used")]
    [InlineData("connection = ssh://h:0", "connection: The destination ssh://h:0 can't be used")]
    [InlineData("connection_command = ssh 'h", "connection_command: 'ssh 'h' has a ' that is not closed.")]
    [InlineData("connection_command = ''", "connection_command: '''' is no command: it names no program.")]
    [InlineData("connection_command = ssh h", "remote_bdsync_bin: there is no program for the other side, which connection_command needs.")]
    [InlineData("connection_command = ssh h\nremote_bdsync_bin =", "remote_bdsync_bin: there is no program for the other side")]
    [InlineData("connection_command = ssh h\nremote_bdsync_bin = b\nconnection = ssh://h", "connection: connection_command is set as well; one of the two is allowed")]
    [InlineData("direction = both", "direction: 'both' is no direction; push and pull are allowed.")]
    [InlineData("direction = pull", "direction: pull needs another side; connection or connection_command has to say where that is.")]
    [InlineData("direction = pull\nconnection = ssh://h\nlvm_snapshot_enabled = 1\nlvm_snapshot_size = 1\nlvm_program_path = /bin/sh", "lvm_snapshot_enabled: a snapshot can be taken on this machine only")]
    [InlineData("direction = pull\nconnection = ssh://h\nbdsync_args = --channels=2 --checksum=md5", "direction: pull with --checksum needs one server")]
    [InlineData("bandwidth_limit = 0", "bandwidth_limit: '0' is no bandwidth; a number from 1 on is allowed")]
    [InlineData("bandwidth_limit = 00k", "bandwidth_limit: '00k' is no bandwidth;")]
    [InlineData("bandwidth_limit = 10kb", "bandwidth_limit: '10kb' is no bandwidth;")]
    [InlineData("bandwidth_limit = 5 m", "bandwidth_limit: '5 m' is no bandwidth;")]
    [InlineData("bandwidth_limit = -1", "bandwidth_limit: '-1' is no bandwidth;")]
    [InlineData("bandwidth_limit = 1.5M", "bandwidth_limit: '1.5M' is no bandwidth;")]
    [InlineData("bandwidth_limit = ²", "bandwidth_limit: '²' is no bandwidth;")]
    [InlineData("bandwidth_limit = b", "bandwidth_limit: 'b' is no bandwidth;")]
    [InlineData("bandwidth_limit = 8589934592g", "bandwidth_limit: '8589934592g' is no bandwidth;")]
    [InlineData("bandwidth_limit = 9223372036854775808", "bandwidth_limit: '9223372036854775808' is no bandwidth;")]
    [InlineData("patch_compression = xz", "patch_compression: 'xz' is no compression; none, gzip and zstd are allowed.")]
    [InlineData("keep_patches = 1001", "keep_patches: '1001' is no number from 0 to 1000.")]
    [InlineData("undo_patches = -1", "undo_patches: '-1' is no number from 0 to 1000.")]
    [InlineData("retries = many", "retries: 'many' is no number from 0 to 1000.")]
    [InlineData("apply_patch_in_place = 1\nkeep_patches = 1", "keep_patches: no patch is stored with apply_patch_in_place, so none can be kept; 0 is allowed.")]
    [InlineData("apply_patch_in_place = 1\nundo_patches = 1", "undo_patches: no patch is stored with apply_patch_in_place")]
    [InlineData("source_volume_group = vg0", "source_volume_group: each volume of a group is a task")]
    [InlineData("target_create = file", "target_create: 'file' can't be created; lvm is allowed.")]
    [InlineData("target_create = lvm", "target_path: the target 'FOLDER/target' is no path of a logical volume")]
    [InlineData("lvm_snapshot_enabled = 1\nlvm_program_path = /bin/sh\nlvm_snapshot_size = 5GB", "lvm_snapshot_size: '5GB' is no size;")]
    [InlineData("lvm_snapshot_enabled = 1\nlvm_program_path = /bin/sh\nlvm_snapshot_size = +5", "lvm_snapshot_size: '+5' is no size;")]
    [InlineData("lvm_snapshot_enabled = 1\nlvm_program_path = /bin/sh\nlvm_snapshot_size = 1\nlvm_snapshot_name = a/b", "lvm_snapshot_name: 'a/b' is no name for a volume;")]
    [InlineData("lvm_snapshot_enabled = 1\nlvm_program_path = /bin/sh\nlvm_snapshot_size = 1\nlvm_snapshot_name = -f", "lvm_snapshot_name: '-f' is no name for a volume;")]
    [InlineData("lvm_snapshot_enabled = 1\nlvm_program_path = /bin/sh\nlvm_snapshot_size = 1\nlvm_snapshot_name = ..", "lvm_snapshot_name: '..' is no name for a volume;")]
    [InlineData("lvm_snapshot_enabled = 1\nlvm_snapshot_size = 1\nlvm_program_path = /nope/lvm", "lvm_program_path: the program '/nope/lvm' does not exist")]
    [InlineData("run_time_limit = 0", "run_time_limit: '0' is no time; a number of seconds from 1 to 604800 is allowed, also such as 90s, 5m, 2h.")]
    [InlineData("run_time_limit = 5d", "run_time_limit: '5d' is no time;")]
    [InlineData("run_time_limit = 169h", "run_time_limit: '169h' is no time;")]
    [InlineData("run_first = date", "run_first: the key is about a run, not a task; it is allowed in [DEFAULT] only.")]
    [InlineData("run_last = date", "run_last: the key is about a run")]
    [InlineData("run_before = date +%s", "run_before: '%s' starts with a % that stands for nothing;")]
    [InlineData("run_before = a\0b", "run_before: The value has a NUL character; any other is allowed.")]
    public void A_value_is_refused_with_its_place(string lines, string problem)
    {
        var error = Assert.Single(folder.Refuse($"[x]\n{TaskFileFolder.Local}{lines}"));
        Assert.Contains($": [x] {problem}", error, StringComparison.Ordinal);
        Assert.StartsWith("FOLDER/tasks.conf:", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("source_path = /nope\n", "FOLDER/tasks.conf:2: [x] source_path: the source '/nope' does not exist.")]
    [InlineData("source_path =\n", "FOLDER/tasks.conf:2: [x] source_path: there is no source; a path is needed.")]
    [InlineData("", "FOLDER/tasks.conf:1: [x] source_path: there is no source; a path is needed.")]
    [InlineData("source_path = FOLDER\n", "FOLDER/tasks.conf:2: [x] source_path: the source 'FOLDER' is a folder; a device or a file is needed.")]
    public void A_source_has_to_be_there(string line, string error) =>
        Assert.Equal([error], folder.Refuse($"[x]\n{line}target_path = FOLDER/target\ntarget_patch_dir = FOLDER/patches\n"));

    [Theory]
    [InlineData("target_path = /nope/t\n", "FOLDER/tasks.conf:2: [x] target_path: the folder of the target '/nope/t' does not exist.")]
    [InlineData("target_path = FOLDER/patches\n", "FOLDER/tasks.conf:2: [x] target_path: the target 'FOLDER/patches' is a folder; a device or a file is needed.")]
    [InlineData("", "FOLDER/tasks.conf:1: [x] target_path: there is no target; a path is needed.")]
    [InlineData("connection = ssh://h\n", "FOLDER/tasks.conf:1: [x] target_path: there is no target; a path is needed.")]
    public void A_target_needs_a_folder(string line, string error) =>
        Assert.Equal([error], folder.Refuse($"[x]\n{line}source_path = FOLDER/source\ntarget_patch_dir = FOLDER/patches\n"));

    [Theory]
    [InlineData("target_patch_dir = /nope\n", "FOLDER/tasks.conf:2: [x] target_patch_dir: the folder '/nope' does not exist.")]
    [InlineData("target_patch_dir = FOLDER/source\n", "FOLDER/tasks.conf:2: [x] target_patch_dir: the folder 'FOLDER/source' does not exist.")]
    [InlineData("", "FOLDER/tasks.conf:1: [x] target_patch_dir: there is no folder for patches, which is needed unless apply_patch_in_place is set.")]
    [InlineData("connection = ssh://h\n", "FOLDER/tasks.conf:1: [x] target_patch_dir: there is no folder for patches")]
    [InlineData("connection = ssh://h\ndirection = pull\ntarget_patch_dir = /nope\n", "FOLDER/tasks.conf:4: [x] target_patch_dir: the folder '/nope' does not exist.")]
    public void Patches_need_a_folder(string line, string error) =>
        Assert.StartsWith(error, Assert.Single(folder.Refuse($"[x]\n{line}source_path = FOLDER/source\ntarget_path = FOLDER/target\n")), StringComparison.Ordinal);

    [Fact]
    public void All_errors_of_all_sections_come_together_disabled_ones_included()
    {
        var errors = folder.Refuse($"[a]\n{TaskFileFolder.Local}retries = x\nverify = x\n[b]\n{TaskFileFolder.Local}[c]\ndisabled = yes\n{TaskFileFolder.Local}retries = y\n");
        Assert.Equal(
            ["FOLDER/tasks.conf:16: [c] retries", "FOLDER/tasks.conf:5: [a] retries", "FOLDER/tasks.conf:6: [a] verify"],
            errors.Select(error => error[..error.IndexOf(": '", StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_error_draws_no_others_after_it()
    {
        Assert.Single(folder.Refuse("[x]\nsource_path = FOLDER/source\ntarget_path = /nope/t\ntarget_patch_dir = /nope\nconnection = %(nope)s\ndirection = pull"));
        Assert.Single(folder.Refuse("[x]\nsource_path = /nope\ntarget_path = /nope/t\napply_patch_in_place = 1\nconnection = ssh://h\ndirection = up"));
        Assert.Single(folder.Refuse("[x]\nsource_path = FOLDER/source\ntarget_path = FOLDER/t\napply_patch_in_place = %"));
    }

    [Fact]
    public void An_examination_has_the_good_tasks_and_the_errors_of_the_others()
    {
        var examination = folder.Examine($"[DEFAULT]\nrun_first = %\n[a]\n{TaskFileFolder.Local}[b]\n{TaskFileFolder.Local}retries = x\n[c-%(v)s]");
        Assert.Equal(["a", "b", "c-%(v)s"], examination.Sections.Select(section => section.Name));
        Assert.Equal([true, false, false], examination.Sections.Select(section => section.Task is not null));
        Assert.Equal([0, 1, 1], examination.Sections.Select(section => section.Errors.Count));
        Assert.Contains(examination.Sections[1].Settings, setting => setting is { Key: "retries", Value: "x" });
        Assert.Contains(": [DEFAULT] run_first: ", Assert.Single(examination.Errors), StringComparison.Ordinal);
        Assert.Equal(3, examination.AllErrors.Count);
    }

    [Fact]
    public void Unknown_keys_are_a_warning_with_the_nearest_name()
    {
        var warnings = folder.Warn($"[DEFAULT]\nbandwith_limit = 1k\n[x]\n{TaskFileFolder.Local}Sorce_Path = a\nmine = 1\nretries = %(mine)s\n{new string('k', 5000)} = 1");
        Assert.Equal("FOLDER/tasks.conf:2: [DEFAULT] bandwith_limit: the key is not known and has no effect; the nearest known one is bandwidth_limit.", warnings[0]);
        Assert.Equal("FOLDER/tasks.conf:7: [x] sorce_path: the key is not known and has no effect; the nearest known one is source_path.", warnings[1]);
        Assert.Equal((3, true), (warnings.Length, warnings[2].Length <= 1000));
    }

    [Fact]
    public void A_local_program_that_is_not_there_is_a_warning_only()
    {
        Assert.Equal(
            ["FOLDER/tasks.conf:5: [x] local_bdsync_bin: the program '/nope/bdsync' does not exist; it is not needed, and the key may go."],
            folder.Warn($"[x]\n{TaskFileFolder.Local}local_bdsync_bin = /nope/bdsync"));
        Assert.Empty(folder.Warn($"[x]\n{TaskFileFolder.Local}local_bdsync_bin = /bin/sh"));
    }
}
