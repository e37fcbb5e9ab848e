using BdSync.Cli.Files;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_is_replaced_and_keeps_its_permissions()
    {
        var path = folder.GetPath("file");
        AtomicFile.Check(path);
        Assert.False(File.Exists(path));
        AtomicFile.Write(path, "old"u8);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var old = File.OpenRead(path);

        AtomicFile.Write(path, "new"u8);

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal((byte)'o', old.ReadByte());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Single(Directory.GetFileSystemEntries(folder.FullPath));
    }

    [Fact]
    public void A_link_leads_to_the_file()
    {
        File.WriteAllText(folder.GetPath("file"), "old");
        File.CreateSymbolicLink(folder.GetPath("link"), folder.GetPath("file"));
        File.CreateSymbolicLink(folder.GetPath("dangling"), folder.GetPath("none"));

        AtomicFile.Write(folder.GetPath("link"), "new"u8);
        AtomicFile.Write(folder.GetPath("dangling"), "new"u8);

        Assert.Equal("new", File.ReadAllText(folder.GetPath("file")));
        Assert.Equal("new", File.ReadAllText(folder.GetPath("none")));
        Assert.NotNull(File.ResolveLinkTarget(folder.GetPath("link"), returnFinalTarget: false));
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/proc/self/fd")]
    [InlineData("/nowhere/file")]
    public void What_is_no_file_is_left_alone(string path)
    {
        Assert.ThrowsAny<IOException>(() => AtomicFile.Check(path));
        Assert.ThrowsAny<IOException>(() => AtomicFile.Write(path, "x"u8));
    }
}
