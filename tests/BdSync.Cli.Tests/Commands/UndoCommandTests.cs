using System.Text;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Commands;

/// <summary><c>--patch --undo=FILE</c></summary>
public sealed class UndoCommandTests : IDisposable
{
    // The runtime keeps its code in a file, too, and doesn't start below such a limit otherwise.
    private const string NoWriteXorExecute = "export DOTNET_EnableWriteXorExecute=0; ";

    private readonly TemporaryFolder folder = new();
    private readonly byte[] before = new byte[100_000];
    private readonly string target;
    private readonly string undo;

    public UndoCommandTests()
    {
        new Random(1).NextBytes(before);
        target = folder.CreateFile("target", before);
        undo = folder.GetPath("undo it");
    }

    public static TheoryData<string> Ways => ["< {0}", "< {0}.gz", "< {0}.zst", "cat {0} |", "cat {0}.gz |", "cat {0}.zst |"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_file_takes_the_target_back(string way)
    {
        var patch = CreatePatch(before.Length);
        await CompressAsync(patch);
        var result = Run(way, patch, "");
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.NotEqual(before, await File.ReadAllBytesAsync(target, TestContext.Current.CancellationToken));
        Assert.Equal("600\n", Encoding.ASCII.GetString(BdSyncProgram.RunShell($"stat -c %a '{undo}'").Output));
        Assert.Equal(["target", "undo it"], ListFiles());

        Assert.Equal(0, BdSyncProgram.RunShell($"{BdSyncProgram.Path} --patch < '{undo}'").ExitCode);
        Assert.Equal(before, await File.ReadAllBytesAsync(target, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(150_000)]
    [InlineData(50_000)]
    [InlineData(0)]
    public void A_size_is_taken_back_with_resize(int length)
    {
        Assert.Equal(0, Run("< {0}", CreatePatch(length), "--diffsize").ExitCode);
        Assert.Equal(length, new FileInfo(target).Length);
        Assert.Equal(0, BdSyncProgram.RunShell($"{BdSyncProgram.Path} --patch --diffsize=resize < '{undo}'").ExitCode);
        Assert.Equal(before, File.ReadAllBytes(target));
    }

    [Theory]
    [InlineData("< {0}")]
    [InlineData("cat {0} |")]
    public void A_file_that_is_there_is_refused_and_left_alone(string way)
    {
        File.WriteAllText(undo, "precious");
        var result = Run(way, CreatePatch(before.Length), "");
        Assert.Equal(9, result.ExitCode);
        Assert.Equal("precious", File.ReadAllText(undo));
        Assert.Equal(before, File.ReadAllBytes(target));
        Assert.Contains("nothing has been done", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_symbolic_link_is_not_followed()
    {
        File.CreateSymbolicLink(undo, folder.GetPath("elsewhere"));
        Assert.Equal(9, Run("< {0}", CreatePatch(before.Length), "").ExitCode);
        Assert.False(File.Exists(folder.GetPath("elsewhere")));
    }

    [Theory]
    [InlineData("< {0}")]
    [InlineData("cat {0} |")]
    public void A_damaged_patch_leaves_nothing_behind(string way)
    {
        var patch = CreatePatch(before.Length);
        File.WriteAllBytes(patch, File.ReadAllBytes(patch)[..^1]);
        IsUntouched(Run(way, patch, ""), 2);
    }

    [Fact]
    public void Another_size_leaves_nothing_behind()
    {
        var result = Run("< {0}", CreatePatch(50_000), "");
        IsUntouched(result, 3);
        Assert.Equal("Different sizes current=100000 patch=50000\n", result.Errors);
    }

    [Fact]
    public void A_folder_that_is_not_there_leaves_nothing_behind() =>
        Assert.Equal(9, BdSyncProgram.RunShell($"{BdSyncProgram.Path} --patch --undo={folder.GetPath("missing")}/undo < {CreatePatch(before.Length)}").ExitCode);

    // The limit of a file's size stands for a full disk: 64 blocks of 512 bytes.
    [Theory]
    [InlineData("< {0}")]
    [InlineData("cat {0} |")]
    public void No_space_for_the_undo_leaves_the_target_alone(string way)
    {
        var result = Run(way, CreatePatch(before.Length), "", NoWriteXorExecute + "ulimit -f 64; ");
        IsUntouched(result, 9);
        Assert.Contains("nothing has been changed", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_applying_fails_the_message_says_how_to_go_back()
    {
        // Extending it passes the limit, and the undo doesn't.
        var result = Run("< {0}", CreatePatch(150_000), "--diffsize", NoWriteXorExecute + "ulimit -f 200; ");
        Assert.Equal(3, result.ExitCode);
        var command = result.Errors[result.Errors.IndexOf("bdsync --patch=", StringComparison.Ordinal)..].TrimEnd('\n');
        Assert.Equal($"bdsync --patch={target} --diffsize=resize < '{undo}'", command);

        Assert.Equal(0, BdSyncProgram.RunShell(command.Replace("bdsync ", $"{BdSyncProgram.Path} ", StringComparison.Ordinal)).ExitCode);
        Assert.Equal(before, File.ReadAllBytes(target));
    }

    [Fact]
    public void The_name_of_the_device_is_warned_of_once()
    {
        var patch = CreatePatch(before.Length, "other");
        var result = BdSyncProgram.RunShell($"{BdSyncProgram.Path} --patch={target} --warndev '--undo={undo}' < {patch}");
        Assert.Equal((0, $"Warning: different device names parameter={target} data=other\n"), (result.ExitCode, result.Errors));
    }

    [Fact]
    public void A_patch_that_changes_nothing_is_undone_by_one_that_changes_nothing()
    {
        var patch = folder.CreateFile("patch", new RawPatch(before.Length, target).End());
        Assert.Equal(0, Run("< {0}", patch, "").ExitCode);
        Assert.Equal(new RawPatch(before.Length, target).End(), File.ReadAllBytes(undo));
    }

    private static Task CompressAsync(string patch)
    {
        foreach (var (tool, suffix) in new[] { ("gzip", "gz"), ("zstd -q", "zst") })
        {
            Tool.Require(tool.Split(' ')[0]);
            Assert.Equal(0, BdSyncProgram.RunShell($"{tool} -c < {patch} > {patch}.{suffix}").ExitCode);
        }

        return Task.CompletedTask;
    }

    private BdSyncProgram.Result Run(string way, string patch, string options, string before = "")
    {
        var input = string.Format(System.Globalization.CultureInfo.InvariantCulture, way, patch);
        var program = $"{BdSyncProgram.Path} --patch {options} '--undo={undo}'";
        return BdSyncProgram.RunShell(before + (input.EndsWith('|') ? $"{input} {program}" : $"{program} {input}"));
    }

    private void IsUntouched(BdSyncProgram.Result result, int status)
    {
        Assert.Equal(status, result.ExitCode);
        Assert.Equal(before, File.ReadAllBytes(target));
        Assert.Equal(["target"], ListFiles());
    }

    private IEnumerable<string> ListFiles() =>
        Directory.EnumerateFiles(folder.FullPath).Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith("patch", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private string CreatePatch(int length, string? name = null)
    {
        var patch = new RawPatch(length, Encoding.UTF8.GetBytes(name ?? target));
        for (var offset = 0; offset < length; offset += 10_000)
        {
            patch.Record(offset, new byte[5000]);
        }

        return folder.CreateFile("patch", patch.End());
    }
}
