using BdSync.Protocol.Devices;
using BdSync.Protocol.Planning;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Patching;

/// <summary>A patch may end at any byte.</summary>
public class TruncatedPatchTests
{
    // Small records at both ends, one that fills the applier's buffer by itself, and a checksum.
    private static readonly byte[] Patch = new RawPatch(200_000).Record(0, 1, 2, 3).Record(10, 4, 5).Record(199_997, 6, 7, 8).End("md5", new byte[16]);

    private static readonly byte[] Target = new byte[200_000];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_a_file_the_target_is_untouched_wherever_the_patch_ends()
    {
        using var folder = new TemporaryFolder();
        var path = folder.CreateFile("target", Target);
        var time = File.GetLastWriteTimeUtc(path);
        for (var length = 0; length < Patch.Length; length++)
        {
            await using var stream = File.OpenRead(folder.CreateFile("patch", Patch.AsSpan(0, length)));
            var error = await Assert.ThrowsAsync<PatchException>(
                () => new BdSyncPatcher().ApplyAsync(stream, _ => WritableLocalDevice.Open(path), Cancellation));
            Assert.Contains($"it ends after {length} bytes", error.Message, StringComparison.Ordinal);
            Assert.Contains("Nothing has been written", error.Message, StringComparison.Ordinal);
            Assert.Equal(time, File.GetLastWriteTimeUtc(path));
        }

        Assert.Equal(Target, await File.ReadAllBytesAsync(path, Cancellation));
    }

    [Fact]
    public async Task From_a_pipe_the_message_says_how_much_was_written_wherever_the_patch_ends()
    {
        for (var length = 0; length < Patch.Length; length++)
        {
            using var target = new MemoryDevice(Target, "target");
            var (error, content) = await HostilePatch.ApplyAsync(new ForwardOnlyStream(Patch[..length]), SizePolicy.Strict, target);
            Assert.Equal(BdSyncExitStatus.PatchFormat, error.ExitStatus);
            Assert.Contains($"it ends after {length} bytes", error.Message, StringComparison.Ordinal);
            var written = content.Count(value => value != 0);
            var state = written == 0 ? "Nothing has been written" : $"{written} bytes have been written";
            Assert.Contains(state, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task From_a_pipe_a_large_target_is_half_written_and_the_message_says_so()
    {
        var device = new byte[3 * 1024 * 1024];
        var raw = new RawPatch(device.Length);
        for (var offset = 0; offset < device.Length; offset += 32768)
        {
            raw.Record(offset, [.. Enumerable.Repeat((byte)1, 32768)]);
        }

        using var target = new MemoryDevice(device, "target");
        var (error, content) = await HostilePatch.ApplyAsync(new ForwardOnlyStream(raw.ToArray()), SizePolicy.Strict, target);
        var written = content.Count(value => value != 0);
        Assert.InRange(written, 1, device.Length);
        Assert.Contains($"{written} bytes have been written", error.Message, StringComparison.Ordinal);
        Assert.Contains("neither in its old nor in its new state", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_a_pipe_that_breaks_the_error_is_one_of_reading()
    {
        using var target = new MemoryDevice(Target, "target");
        var (error, _) = await HostilePatch.ApplyAsync(new ForwardOnlyStream(Patch) { FailingOffset = 60 }, SizePolicy.Strict, target);
        Assert.Equal(BdSyncExitStatus.Read, error.ExitStatus);
        Assert.Contains("written", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_a_pipe_a_target_is_not_cut_before_the_patch_is_whole()
    {
        var patch = new RawPatch(100).Record(0, 1).ToArray();
        using var target = new MemoryDevice(Target, "target");
        var (_, content) = await HostilePatch.ApplyAsync(new ForwardOnlyStream(patch), SizePolicy.Resize, target);
        Assert.Equal(Target.Length, content.Length);
    }
}
