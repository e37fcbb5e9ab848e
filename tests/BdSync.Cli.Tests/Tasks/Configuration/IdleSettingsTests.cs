namespace BdSync.Cli.Tests.Tasks.Configuration;

/// <summary>Settings that do nothing by themselves: a warning where a section has them, none where they are [DEFAULT]'s or bdsync-manager's.</summary>
public sealed class IdleSettingsTests : IDisposable
{
    private const string Snapshot = "lvm_snapshot_enabled = yes\nlvm_program_path = /bin/sh\n";

    private readonly TaskFileFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("target_volume_group = vg", "target_volume_group: the key has no effect: the target has a path, and none of target_create, target_resize and target_shrink is set.")]
    [InlineData("source_volumes = web*", "source_volumes: the key has no effect: there is no volume group, whose volumes it could choose;")]
    [InlineData("source_volumes_exclude = web*", "source_volumes_exclude: the key has no effect: there is no volume group, whose volumes it could choose;")]
    [InlineData("full_compare_every = 5", "full_compare_every: the key has no effect: every run compares everything without lvm_incremental = yes.")]
    [InlineData($"{Snapshot}full_compare_every = 5", "full_compare_every: the key has no effect: every run compares everything without lvm_incremental = yes.")]
    [InlineData("lvm_snapshot_together = yes", "lvm_snapshot_together: the key has no effect: there is no snapshot; lvm_snapshot_enabled = yes is needed.")]
    public void Section_that_sets_them_is_told(string lines, string warning)
    {
        Assert.Contains(warning, Assert.Single(folder.Warn($"[x]\n{TaskFileFolder.Local}{lines}")), StringComparison.Ordinal);
        Assert.Empty(folder.Warn($"[DEFAULT]\n{lines}\n[x]\n{TaskFileFolder.Local}"));
    }

    [Theory]
    [InlineData($"{Snapshot}lvm_incremental = yes\nfull_compare_every = 5")]
    [InlineData($"{Snapshot}lvm_snapshot_together = yes")]
    [InlineData("lvm_snapshot_together = no")]
    [InlineData("full_compare_every =")]
    [InlineData("source_volumes =\nsource_volumes_exclude =")]
    [InlineData("lvm_snapshot_enabled = no\nlvm_snapshot_size = 5G\nlvm_snapshot_name = x\nlvm_program_path = /bin/sh")]
    public void Others_say_nothing(string lines) => Assert.Empty(folder.Warn($"[x]\n{TaskFileFolder.Local}{lines}"));

    [Fact]
    public void Command_line_is_told_where_it_names_the_task()
    {
        var text = $"[x]\n{TaskFileFolder.Local}";
        Assert.Empty(folder.Warn(text, "full_compare_every=5"));
        Assert.Contains("--set x.full_compare_every: [x]", Assert.Single(folder.Warn(text, "x.full_compare_every=5")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("target_create = lvm")]
    [InlineData("target_resize = yes")]
    [InlineData("target_shrink = yes")]
    public void Group_of_a_target_that_is_made_to_fit_is_a_check(string line) =>
        Assert.Empty(folder.Warn($"[x]\n{TaskFileFolder.Local}target_path = /dev/vg/x\ntarget_volume_group = vg\n{line}".Replace("target_path = FOLDER/target\n", "", StringComparison.Ordinal)));
}
