using System.Security.Cryptography;
using BdSync.Cli.Patches;
using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Hosts;
using BdSync.Interop.Tests.Programs;
using BdSync.Protocol;
using BdSync.TestUtilities;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>What a task asks of the side where its target is, against every kind of host, in a folder whose name no shell likes.</summary>
public abstract class HostScenarios : IDisposable
{
    private const string Prefix = "patch-";
    private const string Suffix = ".bdsync";

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected WorkFolder Work { get; } = new();

    private protected RecordingLogger<TaskHost> Log { get; } = new();

    /// <summary>Where the files lie.</summary>
    private protected string Folder => Work["a 'b\" $(echo c) `d` *?[x]\n~ é;&|<>#\\"];

    private protected string Target => Path.Combine(Folder, "tar get");

    protected HostScenarios() => Directory.CreateDirectory(Folder);

    [Fact]
    public async Task Files_come_are_found_and_go()
    {
        await using var host = CreateHost();
        Assert.True(await host.ExistsAsync(Folder, Token));
        Assert.False(await host.ExistsAsync(Target, Token));
        await host.CreateFileAsync(Target, Token);
        Assert.True(await host.ExistsAsync(Target, Token));
        Assert.Empty(await host.ListAsync(Folder, Prefix, Suffix, Token));

        var content = RandomNumberGenerator.GetBytes(700_001);
        List<string> paths = [];
        for (var count = 0; count < 3; count++)
        {
            var path = await host.CreatePatchFileAsync(Folder, Prefix, Suffix, Token);
            Assert.Matches("^patch-[A-Za-z0-9]{6}\\.bdsync$", Path.GetFileName(path));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            paths.Add(path);
        }

        await host.WriteFileAsync(paths[0], (stream, token) => stream.WriteAsync(content, token).AsTask(), Token);
        Assert.Equal(content, File.ReadAllBytes(paths[0]));
        Assert.Equal(content.Length, await host.GetLengthAsync(paths[0], Token));
        Assert.Equal(SHA256.HashData(content), await host.GetSha256Async(paths[0], Token));
        await host.WriteFileAsync(paths[0], (_, _) => Task.CompletedTask, Token);
        Assert.Equal(0, await host.GetLengthAsync(paths[0], Token));

        Assert.Equal(paths.Order(StringComparer.Ordinal), await host.ListAsync(Folder, Prefix, Suffix, Token));
        await host.RemoveAsync(paths[0], Token);
        await host.RemoveAsync(paths[0], Token);
        Assert.Equal(paths[1..].Order(StringComparer.Ordinal), await host.ListAsync(Folder, Prefix, Suffix, Token));
    }

    [Fact]
    public async Task What_is_there_already_is_left_alone()
    {
        await using var host = CreateHost();
        File.WriteAllText(Target, "content");
        File.SetLastWriteTimeUtc(Target, DateTime.UnixEpoch);
        await host.CreateFileAsync(Target, Token);
        Assert.Equal("content", File.ReadAllText(Target));
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(Target));
    }

    [Fact]
    public async Task What_is_not_there_is_named()
    {
        await using var host = CreateHost();
        var missing = Path.Combine(Folder, "missing", "file");
        Func<Task>[] attempts =
        [
            () => host.CreateFileAsync(missing, Token),
            () => host.CreatePatchFileAsync(Path.Combine(Folder, "missing"), Prefix, Suffix, Token),
            () => host.WriteFileAsync(missing, (_, _) => Task.CompletedTask, Token),
            () => host.GetLengthAsync(missing, Token),
            () => host.GetSha256Async(missing, Token),
            () => host.ApplyAsync(missing, PatchCompression.None, undoPath: null, Token),
        ];
        foreach (var attempt in attempts)
        {
            var exception = await Assert.ThrowsAsync<TaskException>(attempt);
            Assert.Matches("No such file|Could not find|cannot open|nonexistent", exception.Message);
            Assert.Contains("missing", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_patch_is_applied(bool inPlace)
    {
        await using var host = CreateHost();
        await host.CheckAbilitiesAsync(PatchCompression.None, undo: false, Token);
        var (patch, source, old) = CreatePatch();
        File.WriteAllBytes(Target, old);
        if (inPlace)
        {
            await host.ApplyStreamAsync((stream, token) => stream.WriteAsync(patch, token).AsTask(), PatchCompression.None, Token);
        }
        else
        {
            var path = await host.CreatePatchFileAsync(Folder, Prefix, Suffix, Token);
            await host.WriteFileAsync(path, (stream, token) => stream.WriteAsync(patch, token).AsTask(), Token);
            Assert.Equal(old, File.ReadAllBytes(Target));
            await host.ApplyAsync(path, PatchCompression.None, undoPath: null, Token);
        }

        Assert.Equal(source, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task A_damaged_patch_is_refused_and_the_target_stays()
    {
        await using var host = CreateHost();
        var (patch, _, old) = CreatePatch();
        File.WriteAllBytes(Target, old);
        var path = Path.Combine(Folder, "damaged");
        File.WriteAllBytes(path, patch.AsSpan(0, patch.Length - 1));
        var exception = await Assert.ThrowsAnyAsync<BdSyncException>(() => host.ApplyAsync(path, PatchCompression.None, undoPath: null, Token));
        Assert.Contains("Nothing has been written", exception.Message, StringComparison.Ordinal);
        Assert.Equal(old, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task The_command_for_a_person_applies_a_patch()
    {
        await using var host = CreateHost();
        var (patch, source, old) = CreatePatch();
        File.WriteAllBytes(Target, old);
        File.WriteAllBytes(Path.Combine(Folder, "it's"), patch);
        await host.CheckAbilitiesAsync(PatchCompression.None, undo: false, Token);
        var command = host.DescribeApply(Path.Combine(Folder, "it's"), PatchCompression.None);
        Work.WriteScript("bdsync", $"exec '{Tool.Ours}' \"$@\"");
        (await Work.RunAsync("sh", ["-c", $"PATH={Work.Path}:$PATH; {command}"])).ShouldExitWith(0);
        Assert.Equal(source, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task An_exception_of_what_writes_comes_out()
    {
        await using var host = CreateHost();
        var expected = new NotSupportedException("of what writes");
        async Task FailAsync(Stream stream, CancellationToken token)
        {
            await stream.WriteAsync(new byte[100_000], token);
            throw expected;
        }

        Assert.Same(expected, await Assert.ThrowsAsync<NotSupportedException>(() => host.WriteFileAsync(Path.Combine(Folder, "x"), FailAsync, Token)));
        Assert.Same(expected, await Assert.ThrowsAsync<NotSupportedException>(() => host.ApplyStreamAsync(FailAsync, PatchCompression.None, Token)));
        Assert.False(await host.ExistsAsync(Target, Token));
    }

    [Fact]
    public async Task A_write_that_is_cancelled_leaves_a_host_that_can_clean_up()
    {
        await using var host = CreateHost();
        using var source = new CancellationTokenSource();
        var path = await host.CreatePatchFileAsync(Folder, Prefix, Suffix, Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.WriteFileAsync(
            path,
            async (stream, token) =>
            {
                await stream.WriteAsync(new byte[1_000_000], token);
                await source.CancelAsync();
                await Task.Delay(Timeout.Infinite, token);
            },
            source.Token).WaitAsync(TimeSpan.FromSeconds(60), Token));
        await host.RemoveAsync(path, Token);
        Assert.False(File.Exists(path));
    }

    public virtual void Dispose()
    {
        Work.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected SyncTask CreateTask(TaskConnection? connection, string program) =>
        new() { Name = "test", SourcePath = "source", TargetPath = Target, Connection = connection, RemoteBdSync = program };

    private protected abstract TaskHost CreateHost();

    private protected (byte[] Patch, byte[] Source, byte[] Old) CreatePatch()
    {
        var (source, old) = (RandomNumberGenerator.GetBytes(300_000), RandomNumberGenerator.GetBytes(300_000));
        return (ReferencePatch.Compute(new BdSyncClientOptions(), source, old, Target)!, source, old);
    }
}
