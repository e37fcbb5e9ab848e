using System.IO.Compression;
using BdSync.Packaging.Tests.NuGet;

namespace BdSync.Packaging.Tests.Samples;

public sealed class SampleTests : IDisposable
{
    private readonly ImagePair images = new();

    public void Dispose() => images.Dispose();

    [Fact]
    public async Task The_backup_agent_brings_a_copy_up_to_date_and_says_how_far_it_is()
    {
        var (exitCode, output, errors) = await Sample.RunAsync("BackupAgent", images.GetPath("data.img"), images.GetPath("copy.img"), images.FullPath);

        Assert.Equal((0, $"{images.GetPath("copy.img")} is up to date: 8192 bytes were written.\n"), (exitCode, output));
        Assert.EndsWith("100 % of 1000000 bytes compared, 8192 differ.\n", errors, StringComparison.Ordinal);
        images.ShouldBeEqual("copy.img");
        Assert.Empty(Directory.EnumerateFiles(images.FullPath, "*.patch"));
    }

    [Fact]
    public async Task The_backup_agent_says_what_went_wrong()
    {
        var (exitCode, output, errors) = await Sample.RunAsync("BackupAgent", images.GetPath("missing.img"), images.GetPath("copy.img"), images.FullPath);

        Assert.Equal((12, ""), (exitCode, output));
        Assert.Contains("missing.img", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_serves_its_folder_over_tcp_and_nothing_else()
    {
        using var server = Sample.Start("TcpSync", "serve", "127.0.0.1:0", images.FullPath);
        try
        {
            var address = (await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!.Split(' ')[^1];
            var patch = images.GetPath("data.patch");

            var (exitCode, output, errors) = await Sample.RunAsync("TcpSync", "compare", address, images.GetPath("data.img"), "old.img", patch);
            Assert.Equal((0, $"8192 of 1000000 bytes differ; {patch} makes old.img equal.\n", ""), (exitCode, output, errors));

            (exitCode, output, _) = await Sample.RunAsync("PatchInfo", patch);
            Assert.Equal(0, exitCode);
            Assert.StartsWith("Device:   old.img, 1000000 bytes\nChanges:  ...............................##...", output, StringComparison.Ordinal);
            Assert.EndsWith("The patch is whole.\n", output, StringComparison.Ordinal);

            (exitCode, _, errors) = await Sample.RunAsync("TcpSync", "compare", address, images.GetPath("data.img"), images.GetPath("old.img"), patch);
            Assert.Equal(13, exitCode);
            Assert.Contains("unable to open its device", errors, StringComparison.Ordinal);
        }
        finally
        {
            server.Kill();
        }
    }

    [Fact]
    public async Task The_patch_inspector_finds_damage_in_a_compressed_patch()
    {
        var path = images.GetPath("cut.patch.gz");
        await using (var stream = new GZipStream(File.Create(path), CompressionMode.Compress))
        {
            stream.Write("BDSYNC 0.3\n"u8);
        }

        var (exitCode, output, _) = await Sample.RunAsync("PatchInfo", path);

        Assert.Equal(2, exitCode);
        Assert.Contains("Good up to byte 0: The patch is truncated", output, StringComparison.Ordinal);
    }
}
