using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Configuration;
using BdSync.Cli.Tasks.Configuration.Ini;
using BdSync.Lvm;
using BdSync.Protocol.Planning;

namespace BdSync.Cli.Tests.Tasks.Configuration;

/// <summary>What the keys about LVM mean, apart from any LVM.</summary>
public sealed class VolumeSettingsTests : IDisposable
{
    private const string Group = "[copy-%(volume)s]\nsource_volume_group = vg-x\nsource_path = FOLDER/source\ntarget_path = FOLDER/%(volume)s\ntarget_patch_dir = FOLDER/patches\n";

    private const string Target = "[x]\nsource_path = FOLDER/source\ntarget_patch_dir = FOLDER/patches\ntarget_path = ";

    private readonly TaskFileFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "Web db home-1 web-1 web-2 web-tmp")]
    [InlineData("source_volumes = web*", "web-1 web-2 web-tmp")]
    [InlineData("source_volumes = db web-?", "db web-1 web-2")]
    [InlineData("source_volumes = web*\n  home*\nsource_volumes_exclude = *-tmp *-2", "home-1 web-1")]
    [InlineData("source_volumes_exclude = ?eb*", "db home-1")]
    [InlineData("source_volumes =\nsource_volumes_exclude =", "Web db home-1 web-1 web-2 web-tmp")]
    public void Patterns_choose_the_volumes_of_a_group(string lines, string expected)
    {
        var tasks = Examine(Group + lines).Sections;
        Assert.Empty(tasks.SelectMany(task => task.Errors));
        Assert.Equal(expected.Split(' ').Select(volume => $"copy-{volume}"), tasks.Select(task => task.Task!.Name));
        Assert.All(tasks, task => Assert.Equal(folder.Fill($"FOLDER/{task.Task!.Name["copy-".Length..]}"), task.Task.TargetPath));
    }

    [Fact]
    public void Group_gives_the_paths_of_its_volumes()
    {
        var errors = Examine(Group.Replace("source_path = FOLDER/source\n", "", StringComparison.Ordinal) + "source_volumes = home-1").AllErrors;
        Assert.Contains("the source '/dev/vg-x/home-1' does not exist.", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Lvm_is_asked_by_the_program_and_for_the_group_of_the_section()
    {
        var asked = new List<(string Program, string Group)>();
        var text = folder.Fill($"{Group}lvm_program_path = /opt/lvm");
        File.WriteAllText(folder.FilePath, text);
        new TaskFileExaminer(IniFile.Read(folder.FilePath), [], (program, group) =>
        {
            asked.Add((program, group));
            return ["a"];
        }).Examine();
        Assert.Equal([("/opt/lvm", "vg-x")], asked);
    }

    [Fact]
    public void Lvm_is_asked_once_for_each_group()
    {
        string[] groups = ["vg-a", "vg-b", "vg-a", "vg-a"];
        var sections = groups.Select((group, number) => Group.Replace("copy", $"copy{number}", StringComparison.Ordinal).Replace("vg-x", group, StringComparison.Ordinal));
        File.WriteAllText(folder.FilePath, folder.Fill(string.Concat(sections)));
        var asked = new List<string>();
        var errors = new TaskFileExaminer(IniFile.Read(folder.FilePath), [], (_, group) =>
        {
            asked.Add(group);
            return group == "vg-a" ? ["a", "b"] : throw new LvmException("There is no such group.");
        }).Examine().AllErrors;
        Assert.Equal(["vg-a", "vg-b"], asked);
        Assert.Contains("[copy1-%(volume)s] source_volume_group: There is no such group.", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Group_without_volumes_is_an_error() =>
        Assert.Contains("has no volume that source_volumes and source_volumes_exclude leave.", Assert.Single(Examine($"{Group}source_volumes = nope*").AllErrors), StringComparison.Ordinal);

    [Fact]
    public void What_LVM_says_is_an_error_of_the_section()
    {
        File.WriteAllText(folder.FilePath, folder.Fill(Group));
        var errors = new TaskFileExaminer(IniFile.Read(folder.FilePath), [], (_, _) => throw new LvmException("There is no such group.")).Examine().AllErrors;
        Assert.Contains("[copy-%(volume)s] source_volume_group: There is no such group.", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Group_needs_a_template() =>
        Assert.Contains("each volume of a group is a task", Assert.Single(Examine($"[copy]\n{TaskFileFolder.Local}source_volume_group = vg").AllErrors), StringComparison.Ordinal);

    [Fact]
    public void Group_and_a_list_are_not_mixed()
    {
        Assert.Contains("volumes: source_volume_group is set as well;", Assert.Single(Examine($"{Group}volumes = a b").AllErrors), StringComparison.Ordinal);
        Assert.Equal(["copy-a"], Examine($"[DEFAULT]\nsource_volume_group = vg-x\n{Group.Replace("vg-x", "", StringComparison.Ordinal)}volumes = a").Sections.Select(section => section.Task!.Name));
        Assert.Equal("copy", Assert.Single(Examine($"[copy]\n{TaskFileFolder.Local}source_volume_group =").Sections).Task!.Name);
    }

    [Theory]
    [InlineData("10%ORIGIN", "10%ORIGIN")]
    [InlineData("10%%ORIGIN", "10%ORIGIN")]
    [InlineData("100%origin", "100%origin")]
    [InlineData("%(part)s%ORIGIN", "15%ORIGIN")]
    [InlineData("%(part)s%%ORIGIN", "15%ORIGIN")]
    [InlineData("5G", "5G")]
    [InlineData("512s", "512s")]
    public void Size_of_a_snapshot_may_be_a_part_of_the_source(string text, string size) =>
        Assert.Equal(size, folder.ReadTask($"[DEFAULT]\npart = 15\n[x]\n{TaskFileFolder.Local}lvm_snapshot_enabled = 1\nlvm_program_path = /bin/sh\nlvm_snapshot_size = {text}").Lvm!.SnapshotSize);

    [Theory]
    [InlineData("10%")]
    [InlineData("10%%%%ORIGIN")]
    [InlineData("1234567890123456789")]
    [InlineData("10%%FREE")]
    [InlineData("0%%ORIGIN")]
    [InlineData("1000%%ORIGIN")]
    [InlineData("5G%%ORIGIN")]
    public void Other_parts_are_no_size(string size) =>
        Assert.Contains("is no size;", Assert.Single(folder.Refuse($"[x]\n{TaskFileFolder.Local}lvm_snapshot_enabled = 1\nlvm_program_path = /bin/sh\nlvm_snapshot_size = {size}")), StringComparison.Ordinal);

    [Fact]
    public void Snapshots_may_be_taken_together()
    {
        Assert.True(Read("lvm_snapshot_together = yes").Together);
        Assert.False(Read("").Together);
        Assert.Null(Read("").SnapshotSize);
        LvmSettings Read(string line) => folder.ReadTask($"[x]\n{TaskFileFolder.Local}lvm_snapshot_enabled = 1\nlvm_program_path = /bin/sh\n{line}").Lvm!;
    }

    [Theory]
    [InlineData("target_create = lvm", true, false, false)]
    [InlineData("target_resize = yes", false, true, false)]
    [InlineData("target_shrink = yes", false, false, true)]
    [InlineData("target_create = lvm\ntarget_volume_group = vg-b\ntarget_resize = 1\ntarget_shrink = 1", true, true, true)]
    public void Target_may_be_made_to_fit(string lines, bool create, bool resize, bool shrink)
    {
        var task = folder.ReadTask($"{Target}/dev/mapper/vg--b-lv\n{lines}");
        Assert.Equal(new TargetVolumeSettings(create, resize, shrink), task.TargetVolume);

        // Sizes are rounded up to extents: what a target has beyond the source is left alone.
        Assert.Equal(SizePolicy.MinSize, task.Client.SizePolicy);
        Assert.Equal(SizePolicy.MinSize, task.Patcher.SizePolicy);
        Assert.Contains("--diffsize=minsize", task.PatchArguments);
    }

    [Fact]
    public void Target_is_left_as_it_is_otherwise() => Assert.Null(folder.ReadTask($"[x]\n{TaskFileFolder.Local}target_resize = no\ntarget_create =").TargetVolume);

    [Theory]
    [InlineData("FOLDER/target\ntarget_resize = yes", "target_path: the target 'FOLDER/target' is no path of a logical volume")]
    [InlineData("/dev/sda\ntarget_resize = yes", "target_path: the target '/dev/sda' is no path of a logical volume")]
    [InlineData("/dev/a/b\ntarget_create = lvm\ntarget_volume_group = c", "target_volume_group: the target '/dev/a/b' is in another volume group than 'c'.")]
    [InlineData("/dev/a/b\ntarget_create = yes", "target_create: 'yes' can't be created; lvm is allowed.")]
    [InlineData("/dev/a/b\ntarget_resize = yes\ndirection = pull\nconnection = ssh://h", "direction: a target can be made to fit a source of this machine only.")]
    [InlineData("/dev/a/b\ntarget_shrink = maybe", "target_shrink: 'maybe' is no yes or no;")]
    public void Target_that_can_not_be_made_to_fit_is_refused(string lines, string error) => Assert.Contains(folder.Refuse(Target + lines), line => line.Contains(error, StringComparison.Ordinal));

    private TaskFileExamination Examine(string text)
    {
        File.WriteAllText(folder.FilePath, folder.Fill(text));
        return new TaskFileExaminer(IniFile.Read(folder.FilePath), [], (_, _) => ["Web", "db", "home-1", "web-1", "web-2", "web-tmp"]).Examine();
    }
}
