using BdSync.Cli.Patches;
using BdSync.Cli.Tests.Commands;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Patches;

/// <summary>gzip's and zstd's own programs read what is compressed here, and say that it is whole.</summary>
public sealed class CompressionToolTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(nameof(PatchCompression.Gzip), "gzip", 1)]
    [InlineData(nameof(PatchCompression.Gzip), "gzip", 3_000_000)]
    [InlineData(nameof(PatchCompression.Zstd), "zstd", 0)]
    [InlineData(nameof(PatchCompression.Zstd), "zstd", 3_000_000)]
    public async Task The_tool_reads_it(string compression, string tool, int length)
    {
        Tool.Require(tool);
        var data = new byte[length];
        new Random(5).NextBytes(data.AsSpan(0, length / 2));
        var path = folder.GetPath("packed");
        await using (var file = File.Create(path))
        {
            await using var writer = CompressedPatch.CreateWriter(file, Enum.Parse<PatchCompression>(compression));
            await writer.WriteAsync(data, TestContext.Current.CancellationToken);
        }

        var result = BdSyncProgram.RunShell($"{tool} -t < {path} && {tool} -dc < {path}");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(data, result.Output);
        Assert.InRange(new FileInfo(path).Length, 1, Math.Max(length * 6L / 10, 100));
    }
}
