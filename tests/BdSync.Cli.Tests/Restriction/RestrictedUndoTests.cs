using System.Text;
using BdSync.Cli.Patches;
using BdSync.Cli.Restriction;
using BdSync.Cli.Tests.Commands;
using BdSync.Protocol;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Restriction;

/// <summary>What a restricted key leaves in its folder for patches.</summary>
public sealed class RestrictedUndoTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string target;
    private readonly string patches;

    public RestrictedUndoTests()
    {
        target = folder.CreateFile("target", new byte[100_000]);
        patches = Directory.CreateDirectory(folder.GetPath("patches")).FullName;
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_that_is_swapped_for_a_link_keeps_its_file_and_the_other_one_its_own()
    {
        var victim = Directory.CreateDirectory(folder.GetPath("victim")).FullName;
        folder.CreateFile("victim/undo.bdsync", "victim"u8);
        using var opened = PatchFolder.Open(patches);
        using (NewPatchFile.Create($"{patches}/undo.bdsync", "The file for undoing", opened.Location))
        {
            Assert.True(File.Exists($"{patches}/undo.bdsync"));
            Directory.Move(patches, patches + ".old");
            File.CreateSymbolicLink(patches, victim);
        }

        Assert.Equal("victim", File.ReadAllText($"{victim}/undo.bdsync"));
        Assert.Empty(Directory.GetFiles(patches + ".old"));
    }

    [Fact]
    public void Messages_have_the_path_that_was_asked_for()
    {
        folder.CreateFile("patches/undo.bdsync", "old"u8);
        using var opened = PatchFolder.Open(patches);

        var exception = Assert.Throws<BdSyncException>(() => NewPatchFile.Create($"{patches}/undo.bdsync", "The file for undoing", opened.Location));

        Assert.Contains($"'{patches}/undo.bdsync'", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/proc/", exception.Message, StringComparison.Ordinal);
    }

    // 64 blocks of 512 bytes. The runtime keeps its code in a file, too, and doesn't start below such a limit otherwise.
    [Theory]
    [InlineData("bdsync --patch --undo=PATCHES/undo.bdsync", "nothing has been changed")]
    [InlineData("umask 077; cat >PATCHES/stored.bdsync", "PATCHES/stored.bdsync can't be stored, and is incomplete now: ")]
    public void A_limit_for_the_size_of_files_is_one_clear_error(string command, string state)
    {
        if (command.Contains("stored", StringComparison.Ordinal))
        {
            folder.CreateFile("patches/stored.bdsync", []);
        }

        var patch = new RawPatch(100_000, Encoding.UTF8.GetBytes(target));
        for (var offset = 0; offset < 100_000; offset += 10_000)
        {
            patch.Record(offset, new byte[5000]);
        }

        var input = folder.CreateFile("input", patch.End());
        var asked = command.Replace("PATCHES", patches, StringComparison.Ordinal);
        var result = BdSyncProgram.RunShell(
            $"export DOTNET_EnableWriteXorExecute=0 SSH_ORIGINAL_COMMAND='{asked}'; ulimit -f 64; exec {BdSyncProgram.Path} restrict --write {target} --patches {patches} <{input}");

        Assert.Equal(9, result.ExitCode);
        Assert.StartsWith("bdsync: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains(state.Replace("PATCHES", patches, StringComparison.Ordinal), result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("/proc/", result.Errors, StringComparison.Ordinal);
        Assert.Equal(new byte[100_000], File.ReadAllBytes(target));
        Assert.False(File.Exists($"{patches}/undo.bdsync"));
    }

    [Fact]
    public void The_locale_of_the_client_does_not_matter()
    {
        var result = BdSyncProgram.RunShell($"export LC_ALL=xx.UTF-16 SSH_ORIGINAL_COMMAND='bdsync --version'; exec {BdSyncProgram.Path} restrict --write {target}");

        Assert.StartsWith("bdsync ", Encoding.UTF8.GetString(result.Output), StringComparison.Ordinal);
    }
}
