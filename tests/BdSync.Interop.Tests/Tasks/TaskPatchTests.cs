using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>Patches that stay: to keep, and to go back.</summary>
public sealed class TaskPatchTests : IDisposable
{
    private readonly TaskFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Clocks go backwards; what was written last is what takes the target back.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_runs_own_patches_stay_whatever_the_others_are_called(bool remote)
    {
        string[] others = ["data-20991231T235959Z-aB3dE9.bdsync", "data-20991231T235959Z-aB3dE9.bdsync.undo.bdsync"];
        string[] foreign = ["data-20991231T235959Z-aB3dE9.bdsync.mine", "other-20991231T235959Z-aB3dE9.bdsync"];
        foreach (var name in others.Concat(foreign))
        {
            folder.Work.Write($"patches/{name}", [1]);
        }

        folder.Configure([
            "keep_patches = 1", "undo_patches = 1",
            .. remote ? new[] { $"connection_command = {folder.ConnectionCommand}", $"remote_bdsync_bin = {Tool.Ours}" } : []]);

        (await folder.RunAsync()).ShouldExitWith(0);

        var names = folder.Patches.Select(path => Path.GetFileName(path)).ToList();
        Assert.Equal(4, names.Count);
        Assert.Empty(names.Intersect(others));
        Assert.Equal(2, names.Intersect(foreign).Count());
        (await folder.Work.RunAsync("sh", ["-c", $"{Tool.Ours} --patch < {folder.Patches.Single(path => path.EndsWith(".undo.bdsync", StringComparison.Ordinal))}"])).ShouldExitWith(0);
        folder.TargetShouldBeOld();
    }

    [Theory]
    [InlineData(false, "none")]
    [InlineData(true, "none")]
    [InlineData(true, "zstd")]
    public async Task The_newest_patches_are_kept_and_take_the_target_back(bool remote, string compression)
    {
        folder.Configure([
            "keep_patches = 2", "undo_patches = 3", $"patch_compression = {compression}", "bdsync_args = --diffsize=resize",
            .. remote ? new[] { $"connection_command = {folder.ConnectionCommand}", $"remote_bdsync_bin = {Tool.Ours}" } : []]);
        var states = new List<byte[]> { folder.Devices.Target };
        for (var run = 0; run < 4; run++)
        {
            var next = folder.Devices.Source.AsSpan(0, 1_000_000 + (run * 50_000)).ToArray();
            next.AsSpan(run * 10_000, 5000).Fill((byte)run);
            states.Add(next);
            folder.Work.Write("source", next);
            (await folder.RunAsync()).ShouldExitWith(0);
            Assert.Equal(next, folder.Work.Read("target").AsSpan());

            // Names have seconds.
            await Task.Delay(1100, TestContext.Current.CancellationToken);
        }

        var undo = folder.Patches.Where(path => path.EndsWith(".undo.bdsync", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, undo.Count);
        Assert.Equal(2, folder.Patches.Length - undo.Count);
        Assert.All(folder.Patches, path => Assert.Matches(@"/data-\d{8}T\d{6}Z-[A-Za-z0-9]{6}\.bdsync", path));
        foreach (var (path, state) in undo.AsEnumerable().Reverse().Zip(states.AsEnumerable().Reverse().Skip(1)))
        {
            (await folder.Work.RunAsync("sh", ["-c", $"{Tool.Ours} --patch --diffsize=resize < {path}"])).ShouldExitWith(0);
            Assert.Equal(state, folder.Work.Read("target").AsSpan());
        }

        // And forward again.
        foreach (var (path, state) in folder.Patches.Except(undo).Zip(states.AsEnumerable().Skip(3)))
        {
            if (state == states[3])
            {
                folder.Work.Write("target", states[2]);
            }

            (await folder.Work.RunAsync("sh", ["-c", $"{Tool.Ours} --patch --diffsize=resize < {path}"])).ShouldExitWith(0);
            Assert.Equal(state, folder.Work.Read("target").AsSpan());
        }
    }

    [Fact]
    public async Task Undo_needs_a_program_that_can_do_it_and_says_so_before_anything_is_done()
    {
        var stock = Tool.Require(Implementation.Stock);
        folder.Configure("undo_patches = 1", $"connection_command = {folder.ConnectionCommand}", $"remote_bdsync_bin = {stock}");

        Assert.Contains("undo", (await folder.RunAsync()).ShouldExitWith(3).Errors, StringComparison.Ordinal);
        Assert.Empty(folder.Patches);
        folder.TargetShouldBeOld();
    }
}
