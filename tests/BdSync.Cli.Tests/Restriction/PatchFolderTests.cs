using BdSync.Cli.Restriction;
using BdSync.Protocol;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Restriction;

public sealed class PatchFolderTests : IDisposable
{
    private readonly TemporaryFolder files = new();
    private readonly PatchFolder folder;

    public PatchFolderTests() => folder = PatchFolder.Open(files.FullPath);

    public void Dispose()
    {
        folder.Dispose();
        files.Dispose();
    }

    [Fact]
    public void A_patch_is_made_for_its_owner_only()
    {
        var start = files.GetPath("patch-XXXXXX");

        var path = StoredPatches.Create(folder, start + ".bdsync", start, ".bdsync", ".bdsync");

        Assert.Matches(@"/patch-[A-Za-z0-9]{6}\.bdsync$", path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.False(folder.TryCreate(path));
        Assert.Equal([path], folder.List(files.GetPath("patch-"), ""));
        folder.Remove(path);
        Assert.False(folder.Exists(path));
    }

    [Theory]
    [InlineData("x")]
    [InlineData(".bdsync")]
    [InlineData("a/b.bdsync")]
    [InlineData("../b.bdsync")]
    [InlineData("a b.bdsync")]
    [InlineData("a\n.bdsync")]
    [InlineData("a.bdsync\n")]
    [InlineData("a.bdsync/")]
    [InlineData("authorized_keys")]
    public void Only_the_names_of_patches_are_allowed(string name)
    {
        Assert.Throws<RestrictionException>(() => folder.TryCreate(files.GetPath(name)));
        Assert.Throws<RestrictionException>(() => folder.Open(files.GetPath(name), FileAccess.Read));
        Assert.Throws<RestrictionException>(() => folder.Open(files.GetPath(name), FileAccess.Write));
        Assert.Throws<RestrictionException>(() => folder.Remove(files.GetPath(name)));
        Assert.Throws<RestrictionException>(() => folder.Check(files.GetPath(name)));
    }

    [Fact]
    public void Links_are_not_followed()
    {
        using var other = new TemporaryFolder();
        var secret = other.CreateFile("secret.bdsync", "secret"u8);
        var link = files.GetPath("link.bdsync");
        File.CreateSymbolicLink(link, secret);

        Assert.Throws<RestrictionException>(() => folder.Open(link, FileAccess.Read));
        Assert.Throws<RestrictionException>(() => folder.Open(link, FileAccess.Write));
        Assert.False(folder.TryCreate(link));
        Assert.Empty(folder.List(files.GetPath(""), ""));
        folder.Remove(link);

        Assert.Equal("secret", File.ReadAllText(secret));
        Assert.Throws<RestrictionException>(() => folder.Open(secret, FileAccess.Read));
    }

    [Fact]
    public void A_name_that_no_task_makes_is_refused()
    {
        var start = files.GetPath("patch-XXXXXX");
        Assert.Throws<RestrictionException>(() => StoredPatches.Create(folder, start + ".bdsync", start, ".bdsync", ".gz"));
        Assert.Throws<RestrictionException>(() => StoredPatches.Create(folder, start + ".bdsync", start, ".sh", ".sh"));
        Assert.Throws<RestrictionException>(() => StoredPatches.Create(folder, start + "", start, "", ""));
        Assert.Empty(Directory.EnumerateFileSystemEntries(files.FullPath));
    }

    [Fact]
    public void A_named_pipe_is_no_patch()
    {
        Assert.Equal(0, Commands.BdSyncProgram.RunShell($"mkfifo '{files.GetPath("a.bdsync")}'").ExitCode);
        Assert.False(folder.Exists(files.GetPath("a.bdsync")));
        Assert.Empty(folder.List(files.GetPath(""), ""));
        Assert.Throws<BdSyncException>(() => folder.Open(files.GetPath("a.bdsync"), FileAccess.Read));
    }

    [Fact]
    public void What_is_not_there_can_not_be_opened() =>
        Assert.Equal(BdSyncExitStatus.Read, Assert.Throws<BdSyncException>(() => folder.Open(files.GetPath("a.bdsync"), FileAccess.Write)).ExitStatus);
}
