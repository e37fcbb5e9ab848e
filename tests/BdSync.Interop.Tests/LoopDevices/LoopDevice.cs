using BdSync.Interop.Tests.Programs;
using BdSync.TestUtilities;

namespace BdSync.Interop.Tests.LoopDevices;

/// <summary>A block device on a file of a test's folder. It is detached in any case, or the machine would run out of them.</summary>
internal sealed class LoopDevice : IAsyncDisposable
{
    private readonly WorkFolder folder;

    private LoopDevice(WorkFolder folder, string path)
    {
        this.folder = folder;
        Path = path;
    }

    public string Path { get; }

    /// <summary>Skips the test where it can't have loop devices.</summary>
    public static void Require()
    {
        TestEnvironment.RequireRoot();
        TestEnvironment.Require(File.Exists("/dev/loop-control"), "This test needs loop devices.");
    }

    /// <summary>Attaches a file; what its length has beyond a multiple of 512 bytes is no part of the device.</summary>
    public static async Task<LoopDevice> AttachAsync(WorkFolder folder, string file, bool readOnly = false)
    {
        string[] arguments = ["--find", "--show", .. readOnly ? new[] { "--read-only" } : [], folder[file]];
        var result = (await folder.RunAsync("losetup", arguments)).ShouldExitWith(0);
        return new(folder, result.OutputText.Trim());
    }

    /// <summary>Attaches a new file with this content.</summary>
    public static Task<LoopDevice> CreateAsync(WorkFolder folder, string file, ReadOnlySpan<byte> content)
    {
        folder.Write(file, content);
        return AttachAsync(folder, file);
    }

    /// <summary>Reads all of it.</summary>
    public async Task<byte[]> ReadAsync() => (await folder.RunAsync("cat", [Path])).ShouldExitWith(0).Output;

    /// <summary>Compares all of it.</summary>
    public async Task ShouldContainAsync(byte[] expected)
    {
        var actual = await ReadAsync();
        Assert.Equal(expected, actual.AsSpan());
    }

    public async ValueTask DisposeAsync() => (await folder.RunAsync("losetup", ["--detach", Path])).ShouldExitWith(0);
}
