using System.Globalization;
using BdSync.Cli.Patches;
using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Hosts;
using BdSync.Interop.Tests.LoopDevices;
using BdSync.Interop.Tests.Processes;
using BdSync.Interop.Tests.Programs;
using BdSync.Protocol;
using BdSync.Protocol.Devices;
using BdSync.TestUtilities;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>What is asked of hosts behind a connection, and what happens when it can't be done.</summary>
public abstract class RemoteHostScenarios : HostScenarios
{
    [Fact]
    public async Task A_comparison_goes_to_a_file_there_and_is_applied()
    {
        await using var host = CreateHost(Tool.Ours);
        var (_, source, old) = CreatePatch();
        Work.Write("source", source);
        File.WriteAllBytes(Target, old);
        using var local = LocalDevice.Open(Work["source"]);
        var path = await host.CreatePatchFileAsync(Folder, "patch-", ".bdsync", Token);
        await host.WriteFileAsync(
            path,
            (stream, token) => new BdSyncClient(new() { Channels = 3 }).WritePatchAsync(host.CreateServerConnector(), local, Target, stream, cancellationToken: token),
            Token);
        await host.ApplyAsync(path, PatchCompression.None, undoPath: null, Token);
        Assert.Equal(source, File.ReadAllBytes(Target));
    }

    [Theory]
    [InlineData(nameof(PatchCompression.None), false)]
    [InlineData(nameof(PatchCompression.Gzip), false)]
    [InlineData(nameof(PatchCompression.Zstd), false)]
    [InlineData(nameof(PatchCompression.Gzip), true)]
    [InlineData(nameof(PatchCompression.Zstd), true)]
    public async Task The_C_tool_applies_compressed_patches_too(string compressionName, bool inPlace)
    {
        var compression = Enum.Parse<PatchCompression>(compressionName);
        await using var host = CreateHost(TestEnvironment.RequireStockTool());
        await host.CheckAbilitiesAsync(compression, undo: false, Token);
        var (patch, source, old) = CreatePatch();
        File.WriteAllBytes(Target, old);
        var packed = compression switch
        {
            PatchCompression.Gzip => (await Work.RunAsync("gzip", ["-c"], patch)).ShouldExitWith(0).Output,
            PatchCompression.Zstd => (await Work.RunAsync("zstd", ["-qc"], patch)).ShouldExitWith(0).Output,
            _ => patch,
        };
        var path = Path.Combine(Folder, "patch");
        if (compression != PatchCompression.None)
        {
            File.WriteAllBytes(path, packed.AsSpan(0, packed.Length - 4));
            await Assert.ThrowsAsync<TaskException>(() => host.ApplyAsync(path, compression, undoPath: null, Token));
            Assert.Equal(old, File.ReadAllBytes(Target));
        }

        File.WriteAllBytes(path, packed);
        await (inPlace
            ? host.ApplyStreamAsync((stream, token) => stream.WriteAsync(packed, token).AsTask(), compression, Token)
            : host.ApplyAsync(path, compression, undoPath: null, Token));
        Assert.Equal(source, File.ReadAllBytes(Target));
        var exception = await Assert.ThrowsAsync<TaskException>(() => host.CheckAbilitiesAsync(PatchCompression.None, undo: true, Token));
        Assert.Contains("undo", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_side_without_tools_says_what_is_missing()
    {
        // A program that is no more than the C tool, and a shell that finds what has to be there and nothing else.
        Directory.CreateDirectory(Work["bin"]);
        foreach (var tool in new[] { "sh", "touch", "mktemp", "cat", "stat", "rm" })
        {
            File.CreateSymbolicLink(Work[$"bin/{tool}"], $"/bin/{tool}");
        }

        await using var host = CreateHost(Work.WriteScript("stock", "echo '    bdsync --patch[=DSTDEV]' >&2; exit 1"), Work["bin"]);
        await host.CheckAbilitiesAsync(PatchCompression.None, undo: false, Token);
        Assert.Contains("no gzip", (await Assert.ThrowsAsync<TaskException>(() => host.CheckAbilitiesAsync(PatchCompression.Gzip, undo: false, Token))).Message, StringComparison.Ordinal);
        File.WriteAllText(Target, "content");
        Assert.Null(await host.GetSha256Async(Target, Token));
        Assert.Equal(7, await host.GetLengthAsync(Target, Token));
    }

    [Theory]
    [InlineData("/no/such/program", "not found")]
    [InlineData("/etc/passwd", "can't be executed")]
    [InlineData("echo", "no bdsync")]
    public async Task A_program_that_is_no_bdsync_is_named(string program, string expected)
    {
        await using var host = CreateHost(program);
        var exception = await Assert.ThrowsAsync<TaskException>(() => host.CheckAbilitiesAsync(PatchCompression.None, undo: false, Token));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains(program, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_file_system_there_is_named()
    {
        TestEnvironment.RequireRoot();
        await using var mount = await MountPoint.MountAsync(Work, "full", "-t", "tmpfs", "-o", "size=256k", "tmpfs");
        await using var host = CreateHost(Tool.Ours);
        var path = await host.CreatePatchFileAsync(mount.Path, "patch-", ".bdsync", Token);
        var written = 0L;
        var exception = await Assert.ThrowsAsync<TaskException>(() => host.WriteFileAsync(
            path,
            async (stream, token) =>
            {
                for (; written < 1_000_000_000; written += 100_000)
                {
                    await stream.WriteAsync(new byte[100_000], token);
                }
            },
            Token).WaitAsync(TimeSpan.FromSeconds(60), Token));
        Assert.Contains("No space left on device", exception.Message, StringComparison.Ordinal);
        Assert.True(written < 1_000_000_000, "All was written into the void.");
        await host.RemoveAsync(path, Token);
    }

    [Fact]
    public async Task Applying_ends_there_when_it_is_cancelled_here()
    {
        var script = Work.WriteScript("slow", $"[ \"$1\" = --patch ] || exec '{Tool.Ours}' \"$@\"\ncd '{Work.Path}'; echo $$ >pid.new; mv pid.new pid\nexec sleep 1000");
        await using var host = CreateHost(script);
        File.WriteAllText(Path.Combine(Folder, "patch"), "");
        using var source = new CancellationTokenSource();
        var applying = host.ApplyAsync(Path.Combine(Folder, "patch"), PatchCompression.None, undoPath: null, source.Token);
        await Wait.UntilAsync(() => File.Exists(Work["pid"]), "the patch is being applied");
        var id = int.Parse(await File.ReadAllTextAsync(Work["pid"], Token), CultureInfo.InvariantCulture);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => applying.WaitAsync(TimeSpan.FromSeconds(60), Token));
        await Wait.UntilAsync(() => !File.Exists($"/proc/{id}/cmdline") || File.ReadAllText($"/proc/{id}/cmdline").Length == 0, "what applies has ended");
        await host.RemoveAsync(Path.Combine(Folder, "patch"), Token);
        Assert.False(await host.ExistsAsync(Path.Combine(Folder, "patch"), Token));
    }

    [Fact]
    public async Task What_a_failing_command_says_is_in_the_message()
    {
        var script = Work.WriteScript("failing", $"[ \"$1\" = --patch ] || exec '{Tool.Ours}' \"$@\"\nfor i in $(seq 100); do echo \"line $i.\" >&2; done; exit 9");
        await using var host = CreateHost(script);
        File.WriteAllText(Path.Combine(Folder, "patch"), "");
        var exception = await Assert.ThrowsAsync<TaskException>(() => host.ApplyAsync(Path.Combine(Folder, "patch"), PatchCompression.None, undoPath: null, Token));
        Assert.Contains("exit status 9", exception.Message, StringComparison.Ordinal);
        Assert.Contains("line 100.", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("line 80.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_home_is_the_one_there()
    {
        await using var host = CreateHost();
        Assert.True(await host.ExistsAsync("~", Token));
        Assert.False(await host.ExistsAsync("~/no such file", Token));
    }

    private protected override TaskHost CreateHost() => CreateHost(Tool.Ours);

    /// <param name="program">The bdsync there.</param>
    /// <param name="path">PATH there; null for the usual one.</param>
    private protected abstract RemoteHost CreateHost(string program, string? path = null);
}
