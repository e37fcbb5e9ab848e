using BdSync.Protocol.Planning;
using BdSync.TestUtilities;
using static BdSync.Protocol.Tests.Patching.HostilePatch;

namespace BdSync.Protocol.Tests.Patching;

/// <summary>Unusual patches that are good all the same, and devices that are not.</summary>
public class PatchApplyingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Records_may_overlap_and_the_later_one_wins() =>
        IsAppliedAsync(new RawPatch(16).Record(0, 1, 1, 1, 1).Record(2, 2, 2, 2).Record(0, 3).End(), Expect(3, 1, 2, 2, 2));

    [Fact]
    public Task Records_may_be_out_of_order() =>
        IsAppliedAsync(new RawPatch(16).Record(4, 5).Record(0, 1).Record(2, 3).Record(1, 2).Record(3, 4).End(), Expect(1, 2, 3, 4, 5));

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(16)]
    public Task A_record_of_length_0_on_the_device_is_skipped(long position) =>
        IsAppliedAsync(new RawPatch(16).Record(0, 1).Record(position).Record(1, 2).End(), Expect(1, 2));

    [Fact]
    public Task What_follows_the_end_is_left_alone() => IsAppliedAsync([.. new RawPatch(16).Record(0, 1).End(), .. "junk"u8], Expect(1));

    [Fact]
    public Task What_follows_the_checksum_is_left_alone() =>
        IsAppliedAsync([.. new RawPatch(16).Record(0, 1).End("md5", new byte[16]), 255, 255], Expect(1));

    [Fact]
    public Task An_empty_patch_changes_nothing() => IsAppliedAsync(new RawPatch(16).End(), Target);

    [Fact]
    public async Task A_patch_is_applied_from_where_the_stream_is()
    {
        var patch = new MemoryStream([.. "in front"u8, .. new RawPatch(16).Record(0, 1).End()]) { Position = 8 };
        var (error, content) = await ApplyAsync(patch, SizePolicy.Strict);
        Assert.Null(error);
        Assert.Equal(Expect(1), content);
    }

    [Fact]
    public async Task A_record_of_the_largest_length_is_applied()
    {
        var data = new byte[65535];
        Array.Fill(data, (byte)7);
        using var target = new MemoryDevice(new byte[65540]);
        var (error, content) = await ApplyAsync(new MemoryStream(new RawPatch(65540).Record(3, data).End()), SizePolicy.Strict, target);
        Assert.Null(error);
        Assert.Equal([0, 0, 0, .. data, 0, 0], content);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(16)]
    [InlineData(3)]
    [InlineData(0)]
    public async Task Resize_gives_the_target_the_size_of_the_patch(int length)
    {
        var patch = length == 0 ? new RawPatch(0).End() : new RawPatch(length).Record(length - 1, 1).End();
        byte[] content = [.. Target.Take(length), .. new byte[Math.Max(length - Target.Length, 0)]];
        if (length > 0)
        {
            content[^1] = 1;
        }

        await IsAppliedAsync(patch, content, SizePolicy.Resize);
    }

    [Theory]
    [InlineData(15, new byte[] { 1 })]
    [InlineData(14, new byte[] { 1, 2 })]
    [InlineData(16, new byte[0])]
    [InlineData(30, new byte[0])]
    public Task Minsize_leaves_out_what_lies_past_the_end(long position, byte[] written) => IsAppliedAsync(
        new RawPatch(100).Record(position, 1, 2, 3, 4).Record(90, 9).End(), [.. Target[..(int)Math.Min(position, 16)], .. written], SizePolicy.MinSize);

    [Fact]
    public async Task A_device_that_can_not_be_resized_is_refused_before_anything_is_written()
    {
        using var target = new MemoryDevice(Target, "target") { RefusesResizing = true };
        var (error, content) = await ApplyAsync(new MemoryStream(new RawPatch(20).Record(0, 1).End()), SizePolicy.Resize, target);
        Assert.IsType<SizeMismatchException>(error);
        Assert.Equal(BdSyncExitStatus.SizeMismatch, error.ExitStatus);
        Assert.Contains("Nothing has been written to target", error.Message, StringComparison.Ordinal);
        Assert.Equal(Target, content);
    }

    [Fact]
    public async Task A_device_that_can_not_be_cut_is_refused_before_anything_is_written()
    {
        using var target = new MemoryDevice(Target, "target") { RefusesResizing = true };
        var (error, content) = await ApplyAsync(new MemoryStream(new RawPatch(10).Record(0, 1).End()), SizePolicy.Resize, target);
        Assert.Equal(BdSyncExitStatus.SizeMismatch, error.ExitStatus);
        Assert.Contains("Nothing has been written to target", error.Message, StringComparison.Ordinal);
        Assert.Equal(Target, content);
    }

    [Fact]
    public async Task A_write_error_ends_with_9_and_says_what_the_target_is_like()
    {
        // Records that do not follow each other are written one by one.
        using var target = new MemoryDevice(Target, "target") { FailingWriteOffset = 9 };
        var (error, content) = await ApplyAsync(new MemoryStream(new RawPatch(16).Record(0, 1, 2).Record(8, 3, 4).End()), SizePolicy.Strict, target);
        Assert.IsType<DeviceException>(error);
        Assert.Equal(BdSyncExitStatus.Write, error.ExitStatus);
        Assert.Contains("neither in its old nor in its new state: 2 bytes have been written", error.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2], content[..2]);
    }

    [Fact]
    public async Task A_device_that_can_not_be_opened_is_reported_as_it_is()
    {
        var cause = new DeviceException(BdSyncExitStatus.Device, "No.");
        var error = await Assert.ThrowsAsync<DeviceException>(
            () => new BdSyncPatcher().ApplyAsync(new MemoryStream(new RawPatch(16).End()), _ => throw cause, Cancellation));
        Assert.Same(cause, error);
    }

    [Fact]
    public async Task Result_tells_what_the_patch_said_and_what_was_written()
    {
        using var target = new MemoryDevice(Target);
        var patch = new RawPatch(16, "näme").Record(0, 1, 2).Record(2, 3).End("SHA1", 0xAB, 0xCD);
        var result = await new BdSyncPatcher().ApplyAsync(new MemoryStream(patch), _ => target, Cancellation);
        Assert.Equal(new(16, "näme"), result.Header);
        Assert.Equal(3, result.BytesWritten);
        Assert.Equal("SHA1", result.Checksum!.Name);
        Assert.Equal("abcd", result.Checksum.DigestText);
        Assert.Equal(1, target.FlushCount);
    }

    private static byte[] Expect(params byte[] start) => [.. start, .. Target[start.Length..]];
}
