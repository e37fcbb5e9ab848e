namespace BdSync.Lvm.Tests;

/// <summary>The words of commands, for what can't be seen in the guest: other versions, refusals.</summary>
public class LvmCommandsTests
{
    private static readonly VolumeGroup Group = new("vg", 4096, 40960);

    private static readonly LogicalVolume Thick = new(new("vg", "v"), 8192, LogicalVolumeKind.Thick);

    [Theory]
    [InlineData("snapshot1")]
    [InlineData("pvmove0")]
    [InlineData("a_tdata")]
    [InlineData("-a")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("")]
    public void Name_of_a_new_volume_is_refused(string name)
    {
        Assert.Throws<LvmException>(() => LvmCommands.CreateVolume(Group, name, 1));
        Assert.Throws<LvmException>(() => LvmCommands.CreateSnapshot(Thick, new() { Name = name, Size = "1g" }));
    }

    [Theory]
    [InlineData("5G", "--size 5G")]
    [InlineData("512", "--size 512")]
    [InlineData("10%ORIGIN", "--extents 10%ORIGIN")]
    [InlineData("10%origin", "--extents 10%ORIGIN")]
    public void Size_of_a_snapshot_is_taken(string size, string words) =>
        Assert.Contains(words, LvmCommands.CreateSnapshot(Thick, new() { Size = size }).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5 G")]
    [InlineData("-5G")]
    [InlineData("+5G")]
    [InlineData("1.5G")]
    [InlineData("5GB")]
    [InlineData("10%")]
    [InlineData("0%ORIGIN")]
    [InlineData("10%FREE")]
    [InlineData("5G\n")]
    [InlineData("٥G")]
    public void Size_of_a_snapshot_is_refused(string? size) => Assert.Throws<LvmException>(() => LvmCommands.CreateSnapshot(Thick, new() { Size = size }));

    [Fact]
    public void Shrinking_passes_over_file_systems_in_every_version()
    {
        Assert.Equal("lvreduce --yes --force --extents 1 vg/v", LvmCommands.TryResizeVolume(Group, Thick, 1, new(2, 3, 16))?.ToString());
        Assert.Equal("lvreduce --yes --force --fs ignore --extents 1 vg/v", LvmCommands.TryResizeVolume(Group, Thick, 4096, new(2, 3, 17))?.ToString());
    }

    [Fact]
    public void Room_is_checked_to_the_byte()
    {
        Assert.Equal("lvextend --extents 12 vg/v", LvmCommands.TryResizeVolume(Group, Thick, 49152, new(2, 3))?.ToString());
        Assert.Throws<LvmException>(() => LvmCommands.TryResizeVolume(Group, Thick, 49153, new(2, 3)));
        Assert.Equal("lvcreate --yes --name new --extents 10 vg", LvmCommands.CreateVolume(Group, "new", 40960).ToString());
        Assert.Throws<LvmException>(() => LvmCommands.CreateVolume(Group, "new", 40961));
        Assert.Throws<LvmException>(() => LvmCommands.CreateVolume(Group, "new", long.MaxValue));
    }

    [Fact]
    public void Room_of_a_pool_is_not_the_groups() =>
        Assert.Equal("lvextend --extents 99 vg/v", LvmCommands.TryResizeVolume(Group, Thick with { Pool = "pool" }, 99 * 4096, new(2, 3))?.ToString());

    // A size between two rows of stripes is rounded up to the one that the volume has.
    [Theory]
    [InlineData("New size (4 extents) matches existing size (4 extents).", "No size change.")]
    [InlineData("", "New size (4 extents) matches existing size (4 extents)")]
    public void Size_that_a_volume_has_already_is_no_failure(string output, string errors) =>
        Assert.True(LvmCommands.TryResizeVolume(Group, Thick, 1, new(2, 3))!.Complete(new(5, output, errors)));

    [Theory]
    [InlineData("  LVM version:     2.03.16(2) (2022-05-18)\n  Library version: 1.02.185", "2.3.16")]
    [InlineData("  LVM version:     2.02.180(2)-RHEL7 (2018-07-20)", "2.2.180")]
    public void Version_is_read(string output, string version) => Assert.Equal(version, LvmCommands.GetVersion().Complete(new(0, output, "")).ToString());

    [Fact]
    public void Version_that_is_none_is_refused() => Assert.Throws<LvmException>(() => LvmCommands.GetVersion().Complete(new(0, "LVM version: x", "")));
}
