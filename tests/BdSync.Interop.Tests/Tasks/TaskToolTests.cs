using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>Other sides that have no more programs than they must have.</summary>
public sealed class TaskToolTests : IDisposable
{
    private static readonly string[] Needed = ["sh", "touch", "mktemp", "cat", "stat", "rm"];

    private readonly TaskFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(nameof(Implementation.Ours), "none")]
    [InlineData(nameof(Implementation.Ours), "gzip")]
    [InlineData(nameof(Implementation.Ours), "zstd")]
    [InlineData(nameof(Implementation.Stock), "none")]
    [InlineData(nameof(Implementation.Stock), "gzip", "gzip")]
    [InlineData(nameof(Implementation.Stock), "zstd", "zstd")]
    public async Task What_has_to_be_there_is_enough(string remote, string compression, params string[] further)
    {
        folder.Configure([.. GetConnection(remote, [.. Needed, .. further]), $"patch_compression = {compression}"]);

        var result = (await folder.RunAsync("--log-level", "debug")).ShouldExitWith(0);

        Assert.Contains("there is no sha256sum", result.Errors, StringComparison.Ordinal);
        Assert.Empty(folder.Patches);
        folder.TargetShouldBeNew();
    }

    [Theory]
    [InlineData("gzip", "no")]
    [InlineData("zstd", "no")]
    [InlineData("gzip", "yes")]
    public async Task A_missing_gzip_is_told_before_anything_is_done(string compression, string inPlace)
    {
        File.Delete(folder.Work["target"]);
        folder.Configure([
            .. GetConnection(nameof(Implementation.Stock), Needed), $"patch_compression = {compression}", $"apply_patch_in_place = {inPlace}", "create_target_if_missing = yes", "bdsync_args = --diffsize=resize"]);

        var line = Assert.Single((await folder.RunAsync()).ShouldExitWith(3).ErrorLines);

        Assert.StartsWith($"[Task data] ERROR: There is no {compression} on ", line, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Work["target"]));
        Assert.Empty(folder.Patches);
    }

    // A shell there finds these programs and no others.
    private string[] GetConnection(string remote, string[] tools)
    {
        var program = Tool.Require(Enum.Parse<Implementation>(remote));
        Directory.CreateDirectory(folder.Work["bin"]);
        foreach (var tool in tools)
        {
            File.CreateSymbolicLink(folder.Work[$"bin/{tool}"], $"/usr/bin/{tool}");
        }

        var connect = folder.Work.WriteScript("connect", $"shift; PATH={folder.Work["bin"]}; exec /bin/sh -c \"$*\"");
        return [$"connection_command = {connect} host", $"remote_bdsync_bin = {program}"];
    }
}
