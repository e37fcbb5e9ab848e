using BdSync.Cli.CommandLine;
using BdSync.Cli.Patches;
using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Configuration;

namespace BdSync.Cli.Tests.Tasks.Configuration;

/// <summary>What each key does where it is right.</summary>
public sealed class TaskKeysTests : IDisposable
{
    private readonly TaskFileFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_local_task_needs_three_keys()
    {
        var task = Read("");
        Assert.Equal((folder.Fill("FOLDER/source"), folder.Fill("FOLDER/target"), folder.Fill("FOLDER/patches")), (task.SourcePath, task.TargetPath, task.PatchFolder));
        var defaults = new SyncTask { Name = "x", SourcePath = task.SourcePath, TargetPath = task.TargetPath, PatchFolder = task.PatchFolder };
        Assert.Equal(defaults with { Settings = task.Settings, ServerArguments = task.ServerArguments, PatchArguments = task.PatchArguments }, task);
        Assert.Equal((0, 0, 3), (task.ServerArguments.Count, task.PatchArguments.Count, task.Settings.Count));
    }

    [Fact]
    public void A_command_connects()
    {
        var task = Read("connection_command = ~root/bin/ssh -p '22 00' ~/x\nremote_bdsync_bin = /opt/b d/bdsync");
        Assert.Equal(["/root/bin/ssh", "-p", "22 00", "~/x"], task.Connection!.Words);
        Assert.Equal(("~root/bin/ssh -p '22 00' ~/x", false, "/opt/b d/bdsync"), (task.Connection.Text, task.Connection.IsAddress, task.RemoteBdSync));
    }

    [Fact]
    public void An_address_connects()
    {
        var task = Read("connection = ssh://backup@example.org:2200\nbdsync_args = --ssh-config=/etc/x");
        Assert.Equal(("ssh://backup@example.org:2200", true, "bdsync", "/etc/x"), (task.Connection!.Text, task.Connection.IsAddress, task.RemoteBdSync, task.SshConfiguration));
        Assert.Equal("/opt/bdsync", Read("connection = ssh://h\nremote_bdsync_bin = /opt/bdsync").RemoteBdSync);
    }

    [Fact]
    public void What_is_on_the_other_side_is_not_looked_for()
    {
        var push = folder.ReadTask("[x]\nsource_path = FOLDER/source\ntarget_path = /nope/nope/t\ntarget_patch_dir = /nope/p\nconnection = ssh://h");
        Assert.Equal((TaskDirection.Push, false, "/nope/p"), (push.Direction, push.Client.RemoteData, push.PatchFolder));
        var pull = folder.ReadTask("[x]\nsource_path = /nope/s\ntarget_path = FOLDER/target\ntarget_patch_dir = FOLDER/patches\nconnection = ssh://h\ndirection = pull");
        Assert.Equal((TaskDirection.Pull, true), (pull.Direction, pull.Client.RemoteData));
    }

    [Fact]
    public void An_empty_value_takes_back_what_DEFAULT_has()
    {
        var file = folder.Read($"[DEFAULT]\nconnection_command = ssh h\nremote_bdsync_bin = b\nbandwidth_limit = 1k\n[x]\n{TaskFileFolder.Local}connection_command =\nbandwidth_limit =\n[y]\n{TaskFileFolder.Local}");
        Assert.Equal((null, null), (file.Tasks[0].Connection, file.Tasks[0].BandwidthLimit));
        Assert.Equal(("ssh h", 1024), (file.Tasks[1].Connection!.Text, file.Tasks[1].BandwidthLimit));
    }

    [Fact]
    public void In_place_stores_no_patch()
    {
        var task = folder.ReadTask("[x]\nsource_path = FOLDER/source\ntarget_path = FOLDER/target\napply_patch_in_place = yes\ntarget_patch_dir = /nope\nkeep_patches = 0");
        Assert.True(task.ApplyInPlace);
        Assert.Null(task.PatchFolder);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("YES", true)]
    [InlineData("y", true)]
    [InlineData("True", true)]
    [InlineData("on", true)]
    [InlineData("0", false)]
    [InlineData("no", false)]
    [InlineData("N", false)]
    [InlineData("false", false)]
    [InlineData("oFF", false)]
    public void A_yes_or_no_is_read(string text, bool expected)
    {
        var task = Read($"create_target_if_missing = {text}\ndisabled = {text}\nverify = {text}\nlvm_snapshot_enabled = {text}\nlvm_snapshot_size = 5G\nlvm_program_path = /bin/sh");
        Assert.Equal((expected, expected, expected, expected), (task.CreateTarget, task.IsDisabled, task.Verify, task.Lvm is not null));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("010b", 10)]
    [InlineData("1K", 1024)]
    [InlineData("5m", 5242880)]
    [InlineData("10G", 10737418240)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("8589934591g", 8589934591 << 30)]
    public void A_bandwidth_is_in_powers_of_1024(string text, long expected) => Assert.Equal(expected, Read($"bandwidth_limit = {text}").BandwidthLimit);

    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("5m", 300)]
    [InlineData("2h", 7200)]
    [InlineData("168h", 604800)]
    public void Commands_have_a_time_limit(string text, int seconds)
    {
        var hooks = Read($"run_before = fsfreeze -f /x\n  && date +%%s\nrun_after = b\nrun_on_error = c\nrun_time_limit = {text}").Hooks;
        Assert.Equal(new TaskHooks("fsfreeze -f /x\n&& date +%s", "b", "c") { TimeLimit = TimeSpan.FromSeconds(seconds) }, hooks);
    }

    [Fact]
    public void DEFAULT_has_the_commands_of_the_run()
    {
        var file = folder.Read($"[DEFAULT]\nrun_first = a %(me)s\nrun_last = b\nrun_time_limit = 1m\nme = z\n[x]\n{TaskFileFolder.Local}run_time_limit = 2m", "run_last=c");
        Assert.Equal(new TaskHooks("a z", "c") { TimeLimit = TimeSpan.FromMinutes(1) }, file.RunHooks);
        Assert.Equal(new TaskHooks { TimeLimit = TimeSpan.FromMinutes(2) }, file.Tasks[0].Hooks);
        Assert.DoesNotContain(file.Tasks[0].Settings, setting => setting.Key is TaskKeys.RunFirst or "me");
        Assert.Equal(new TaskHooks(), folder.Read("").RunHooks);
    }

    [Fact]
    public void A_snapshot_has_a_size_a_name_and_a_program()
    {
        Assert.Equal(new LvmSettings("5g", "snap.1", "/bin/sh"), Read("lvm_snapshot_enabled = 1\nlvm_snapshot_size = 5g\nlvm_snapshot_name = snap.1\nlvm_program_path = /bin/sh").Lvm);
        Assert.Equal("bdsync-snapshot", Read("lvm_snapshot_enabled = 1\nlvm_snapshot_size = 10\nlvm_program_path = /bin/sh").Lvm!.SnapshotName);
        Assert.Null(Read("lvm_snapshot_size = nonsense\nlvm_program_path = /nope").Lvm);
    }

    [Theory]
    [InlineData("none", "None")]
    [InlineData("gzip", "Gzip")]
    [InlineData("zstd", "Zstd")]
    public void Patches_are_compressed_and_kept(string compression, string expected)
    {
        var task = Read($"patch_compression = {compression}\nkeep_patches = 7\nundo_patches = 1000\nretries = 3");
        Assert.Equal((Enum.Parse<PatchCompression>(expected), 7, 1000, 3, 3), (task.Compression, task.KeptPatches, task.UndoPatches, task.Retries, task.Client.Retries));
    }

    [Fact]
    public void A_tilde_is_a_home_of_this_machine()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile).TrimEnd('/');
        var task = folder.ReadTask("[x]\nsource_path = FOLDER/source\ntarget_path = ~/t\ntarget_patch_dir = ~nosuchuser/p~\nconnection_command = ssh h\nremote_bdsync_bin = ~root/bdsync");
        Assert.Equal((home + "/t", "~nosuchuser/p~", "/root/bdsync"), (task.TargetPath, task.PatchFolder, task.RemoteBdSync));
        Assert.Equal("/tmp/~/x", folder.ReadTask("[x]\nsource_path = FOLDER/source\ntarget_path = /tmp/~/x\napply_patch_in_place = 1\nconnection = ssh://h").TargetPath);
    }

    [Fact]
    public void A_relative_target_needs_no_folder_in_its_path() =>
        Assert.Equal("bare", folder.ReadTask("[x]\nsource_path = FOLDER/source\ntarget_path = bare\ntarget_patch_dir = FOLDER/patches").TargetPath);

    [Fact]
    public void Settings_are_shown_in_their_order_with_names_replaced()
    {
        var file = folder.Read($"[DEFAULT]\nverify = yes\nbase = FOLDER\n[x]\nTarget_Path: %(base)s/target\nsource_path = %(base)s/source\ntarget_patch_dir = %(BASE)s/patches\nretries = 1\nodd = 100%\n", "retries=2");
        Assert.Equal(
            folder.Fill("target_path=FOLDER/target|source_path=FOLDER/source|target_patch_dir=FOLDER/patches|retries=2|verify=yes"),
            string.Join('|', file.Tasks[0].Settings.Select(setting => $"{setting.Key}={setting.Value}")));
    }

    [Fact]
    public void Every_key_is_read()
    {
        var text = $"[x]\n{TaskFileFolder.Local}connection = ssh://h\n";
        string[] ofGroups = [TaskKeys.SourceVolumeGroup, TaskKeys.SourceVolumes, TaskKeys.SourceVolumesExcluded];
        var keys = TaskKeys.OfTask.Except(ofGroups).ToList();
        var others = keys.Where(key => !text.Contains($"\n{key} =", StringComparison.Ordinal));
        var examination = folder.Examine($"{text}{string.Concat(others.Select(key => $"{key} = 1\n"))}");
        Assert.DoesNotContain(examination.Warnings, warning => !warning.Contains(TaskKeys.LocalBdSync, StringComparison.Ordinal));
        Assert.Equal(keys.Order(StringComparer.Ordinal), examination.Sections[0].Settings.Select(setting => setting.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Progress_is_shown_where_it_is_wanted() => Assert.Equal(ProgressStyle.NoScroll, Read("client_args = --progress=noscroll").Progress);

    private SyncTask Read(string lines) => folder.ReadTask($"[x]\n{TaskFileFolder.Local}{lines}");
}
