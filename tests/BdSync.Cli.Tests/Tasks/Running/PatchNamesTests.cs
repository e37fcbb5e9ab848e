using BdSync.Cli.Patches;
using BdSync.Cli.Tasks.Running;
using FsCheck.Xunit;

namespace BdSync.Cli.Tests.Tasks.Running;

public class PatchNamesTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 23, 4, 5, 6, TimeSpan.Zero);

    [Fact]
    public void A_patch_that_is_removed_is_called_as_with_bdsync_manager()
    {
        Assert.Equal(new PatchNames("patch-", ".bdsync"), PatchNames.Temporary(PatchCompression.None));
        Assert.Equal(new PatchNames("patch-", ".bdsync.gz"), PatchNames.Temporary(PatchCompression.Gzip));
    }

    [Fact]
    public void A_kept_patch_has_its_task_and_time() =>
        Assert.Equal(new PatchNames("data%20of%20x-20261123T040506Z-", ".bdsync.zst"), PatchNames.Kept("data of x", Time, PatchCompression.Zstd));

    [Property]
    public void No_task_takes_anothers_patches_for_its_own(string? task, string? other, bool undo)
    {
        var names = PatchNames.Kept(task ?? "", Time, PatchCompression.None);
        var path = $"/srv/my-patches/{names.Prefix}aB3dE9{names.Suffix}";
        path = undo ? PatchNames.GetUndoPath(path) : path;

        Assert.True(PatchNames.IsOf(path, task ?? ""));
        Assert.Equal(undo, PatchNames.IsUndoPath(path));
        Assert.Equal(1, path.Count(character => character == '/') - 2);
        if ((other ?? "") != (task ?? ""))
        {
            Assert.False(PatchNames.IsOf(path, other ?? ""));
        }
    }

    [Theory]
    [InlineData("a", "a-20261123T040506Z-20261124T040506Z-aB3dE9.bdsync")]
    [InlineData("a", "a-b-20261123T040506Z-aB3dE9.bdsync")]
    [InlineData("a", "a-20261123T040506Z-aB3dE.bdsync")]
    [InlineData("a", "a-notes.txt")]
    [InlineData("patch", "patch-aB3dE9.bdsync")]
    [InlineData("a", "a-20261123T040506Z-aB3dE9.bdsync.broken")]
    [InlineData("a", "a-20261123T040506Z-aB3dE9.bdsync.undo.bdsync.sig")]
    [InlineData("a", "a-20261123T040506Z-aB3dE9.img")]
    public void Other_files_are_left_alone(string task, string name) => Assert.False(PatchNames.IsOf(name, task));

    [Fact]
    public void However_long_a_task_is_called_its_patches_can_be_made()
    {
        const int longestName = 143;
        var task = new string('ä', 500);
        var names = PatchNames.Kept(task, Time, PatchCompression.Zstd);
        var path = PatchNames.GetUndoPath($"/p/{names.Prefix}aB3dE9{names.Suffix}");

        Assert.InRange(Path.GetFileName(path).Length, 1, longestName);
        Assert.True(PatchNames.IsOf(path, task));
        Assert.False(PatchNames.IsOf(path, task + "x"));
    }

    [Fact]
    public void A_name_without_an_end_is_taken_as_well() => Assert.True(PatchNames.IsOf("a-20261123T040506Z-aB3dE9", "a"));
}
