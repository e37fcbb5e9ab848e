namespace BdSync.Cli.Tests.Tasks.Configuration;

/// <summary>The path that a target gets from its volume group and its source. Sources are on the other side here, as a path of this one would have to be there.</summary>
public sealed class TargetPathTests : IDisposable
{
    private const string Pulled = "connection = ssh://h\ndirection = pull\napply_patch_in_place = yes\n";

    private readonly TaskFileFolder folder = new();

    public void Dispose() => folder.Dispose();

    // The group that is called shm is there on every machine.
    [Theory]
    [InlineData("/dev/vg0/home", "/dev/shm/home")]
    [InlineData("/dev/mapper/vg--0-ho--me", "/dev/shm/ho-me")]
    [InlineData("vg0/home", "/dev/shm/home")]
    public void Target_is_called_as_its_source(string source, string target)
    {
        var task = folder.ReadTask($"[x]\n{Pulled}source_path = {source}\ntarget_volume_group = shm");
        Assert.Equal(target, task.TargetPath);
        Assert.Contains(new("target_path", target), task.Settings);
        Assert.Empty(folder.Warn($"[x]\n{Pulled}source_path = {source}\ntarget_volume_group = shm"));
    }

    [Fact]
    public void Source_of_this_machine_has_to_be_there()
    {
        var error = Assert.Single(folder.Refuse("[x]\nconnection = ssh://h\ntarget_patch_dir = p\nsource_path = /dev/vg-none/home\ntarget_volume_group = vgb\ntarget_create = lvm"));
        Assert.Contains("source_path: the source '/dev/vg-none/home' does not exist.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Path_of_the_section_wins()
    {
        Assert.Equal("/dev/shm/other", folder.ReadTask($"[x]\n{Pulled}source_path = /dev/vg0/home\ntarget_path = /dev/shm/other\ntarget_volume_group = shm").TargetPath);
        Assert.Equal("/dev/shm/home", folder.ReadTask($"[DEFAULT]\ntarget_path = /dev/shm/other\n[x]\n{Pulled}source_path = /dev/vg0/home\ntarget_path =\ntarget_volume_group = shm").TargetPath);
    }

    [Theory]
    [InlineData("FOLDER/source")]
    [InlineData("/dev/null")]
    public void Source_that_is_no_volume_has_no_name_for_it(string source)
    {
        var error = Assert.Single(folder.Refuse($"[x]\nsource_path = {source}\ntarget_patch_dir = FOLDER/patches\ntarget_volume_group = vgb\ntarget_create = lvm"));
        Assert.Contains("target_path: there is no target; a path is needed, as the source is no logical volume whose name the target could have.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Group_has_to_have_a_name() =>
        Assert.Contains("target_volume_group: 'a b' is no name for a volume;", Assert.Single(folder.Refuse($"[x]\n{Pulled}source_path = /dev/vg0/home\ntarget_volume_group = a b")), StringComparison.Ordinal);
}
