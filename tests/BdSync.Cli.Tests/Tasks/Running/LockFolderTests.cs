using System.Runtime.Versioning;
using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Running;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Tasks.Running;

/// <summary>In a folder that others can write to, a lock file may be a link to whatever they want to have overwritten.</summary>
[SupportedOSPlatform("linux")]
public sealed class LockFolderTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_is_made_for_its_owner_only()
    {
        var path = LockFolder.Prepare(folder.GetPath("locks"));

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
        Assert.Equal(path, LockFolder.Prepare(path));
    }

    [Fact]
    public void A_link_is_refused()
    {
        var real = Directory.CreateDirectory(folder.GetPath("real"), OwnerOnly).FullName;
        var link = folder.GetPath("locks");
        Directory.CreateSymbolicLink(link, real);

        Assert.Contains(link, Assert.Throws<TaskException>(() => LockFolder.Prepare(link)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite | UnixFileMode.StickyBit)]
    public void A_folder_that_others_can_write_to_is_refused(UnixFileMode mode)
    {
        var path = Directory.CreateDirectory(folder.GetPath("locks")).FullName;
        File.SetUnixFileMode(path, OwnerOnly | mode);

        Assert.Throws<TaskException>(() => LockFolder.Prepare(path));
    }

    [Fact]
    public void A_folder_of_somebody_else_is_refused() => Assert.Throws<TaskException>(() => LockFolder.Prepare(Environment.IsPrivilegedProcess ? Foreign() : "/"));

    private string Foreign()
    {
        var path = Directory.CreateDirectory(folder.GetPath("foreign"), OwnerOnly).FullName;
        using var chown = System.Diagnostics.Process.Start("chown", ["65534", path]);
        chown.WaitForExit();
        return path;
    }
}
