using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Commands;

/// <summary>Patches that gzip's and zstd's own programs compress.</summary>
public sealed class CompressedPatchCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly byte[] content = new byte[3_000_000];
    private readonly string target;
    private readonly string patch;

    public CompressedPatchCommandTests()
    {
        new Random(1).NextBytes(content.AsSpan(0, content.Length / 2));
        target = folder.CreateFile("target", new byte[content.Length]);
        var raw = new RawPatch(content.Length, target);
        for (var offset = 0; offset < content.Length; offset += 30_000)
        {
            raw.Record(offset, content.AsSpan(offset, 30_000));
        }

        patch = folder.CreateFile("patch", raw.End());
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("gzip")]
    [InlineData("gzip -1")]
    [InlineData("gzip -9")]
    [InlineData("zstd -q")]
    [InlineData("zstd -q -1 --no-check")]
    [InlineData("zstd -q -19")]
    [InlineData("zstd -q --long=27")]
    [InlineData("zstd -q -T2 --rsyncable")]
    public void What_the_tools_compress_is_applied(string command)
    {
        Tool.Require(command.Split(' ')[0]);
        IsApplied($"{command} -c < {patch} | {BdSyncProgram.Path} --patch");

        File.WriteAllBytes(target, new byte[content.Length]);
        IsApplied($"{command} -c < {patch} > {patch}.packed; {BdSyncProgram.Path} --patch < {patch}.packed");
    }

    [Fact]
    public void A_zstd_window_that_takes_too_much_memory_is_refused()
    {
        Tool.Require("zstd");
        var result = BdSyncProgram.RunShell($"zstd -q --long=28 -c < {patch} > {patch}.zst; {BdSyncProgram.Path} --patch < {patch}.zst");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("window of more than 128 MiB", result.Errors, StringComparison.Ordinal);
        Assert.Equal(new byte[content.Length], File.ReadAllBytes(target));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd -q")]
    public void A_truncated_one_in_a_file_ends_with_2_and_writes_nothing(string command)
    {
        Tool.Require(command.Split(' ')[0]);
        var result = BdSyncProgram.RunShell($"{command} -c < {patch} | head -c 100000 > {patch}.packed; {BdSyncProgram.Path} --patch < {patch}.packed");
        Assert.Equal(2, result.ExitCode);
        Assert.EndsWith("Nothing has been written.\n", result.Errors, StringComparison.Ordinal);
        Assert.Equal(new byte[content.Length], File.ReadAllBytes(target));
    }

    private void IsApplied(string line)
    {
        var result = BdSyncProgram.RunShell(line);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Equal(content, File.ReadAllBytes(target));
    }
}
