using BdSync.Protocol.Planning;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>What is left of the target where bringing it up to date fails.</summary>
public class LocalApplyTests
{
    private const int Length = 1_000_000;
    private readonly RecordingLogger<BdSyncLocal> logger = new();
    private readonly byte[] source = [.. Enumerable.Repeat((byte)1, Length)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_write_error_in_the_middle_says_how_much_is_new()
    {
        using var target = new MemoryDevice(new byte[Length], "target") { FailingWriteOffset = 700_000 };
        var error = await ApplyAsync<DeviceException>(target);
        Assert.Equal(BdSyncExitStatus.Write, error.ExitStatus);
        Assert.Contains("offset 700000 of target", error.Message, StringComparison.Ordinal);
        Assert.Matches("^Bringing the target up to date was interrupted. target is partly new: [1-9][0-9]* bytes have been written. Another run completes it.$", Assert.Single(logger.Warnings));
        Assert.Equal(0, target.FlushCount);
    }

    [Fact]
    public async Task A_first_write_that_fails_may_have_written_a_part()
    {
        using var target = new MemoryDevice(new byte[Length], "target") { FailingWriteOffset = 10 };
        await ApplyAsync<DeviceException>(target);
        Assert.Contains("target is partly new", Assert.Single(logger.Warnings), StringComparison.Ordinal);
        Assert.Equal(1, target.GetContent()[9]);
    }

    [Fact]
    public async Task Another_run_completes_what_was_interrupted()
    {
        using var failing = new MemoryDevice(new byte[Length]) { FailingWriteOffset = 700_000 };
        await ApplyAsync<DeviceException>(failing);
        using var target = new MemoryDevice(failing.GetContent());
        using var device = new MemoryDevice(source);
        var result = await new BdSyncLocal().ApplyAsync(device, target, cancellationToken: Cancellation);
        Assert.Equal(source, target.GetContent());
        Assert.InRange(result.PatchLength, 1, Length / 2);
    }

    [Fact]
    public async Task A_target_that_can_not_be_read_is_left_as_it_was()
    {
        using var target = new MemoryDevice(new byte[Length], "target") { FailingReadOffset = 0 };
        await ApplyAsync<DeviceException>(target);
        Assert.Equal("Bringing the target up to date was interrupted. Nothing has been written to target.", Assert.Single(logger.Warnings));
        Assert.Equal(new byte[Length], target.GetContent());
    }

    [Theory]
    [InlineData(Length - 1)]
    [InlineData(Length + 1)]
    [InlineData(0)]
    public async Task Another_size_leaves_the_target_as_it_was(int length)
    {
        using var target = new MemoryDevice(new byte[length], "target");
        var error = await ApplyAsync<SizeMismatchException>(target);
        Assert.Equal($"Different sizes local={Length} remote={length}", error.Message);
        Assert.Equal(new byte[length], target.GetContent());
        Assert.Equal(0, target.BytesRead);
    }

    [Theory]
    [InlineData(Length - 1)]
    [InlineData(Length + 1)]
    public async Task A_target_that_refuses_its_new_size_is_left_as_it_was(int length)
    {
        using var target = new MemoryDevice(new byte[length], "target") { RefusesResizing = true };
        await ApplyAsync<SizeMismatchException>(target, new() { SizePolicy = SizePolicy.Resize });
        Assert.Contains("Nothing has been written to target.", Assert.Single(logger.Warnings), StringComparison.Ordinal);
        Assert.Equal(new byte[length], target.GetContent());
    }

    [Fact]
    public async Task A_cancelled_run_says_so_and_writes_nothing_more()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        using var target = new MemoryDevice(new byte[Length], "target");
        using var device = new MemoryDevice(source);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new BdSyncLocal(logger: logger).ApplyAsync(device, target, cancellationToken: cancelled.Token));
        Assert.Contains("Nothing has been written", Assert.Single(logger.Warnings), StringComparison.Ordinal);
        Assert.Equal(new byte[Length], target.GetContent());
    }

    [Theory]
    [InlineData(Length / 2)]
    [InlineData(Length * 2)]
    public async Task What_is_said_of_remote_data_and_checksums_is_about_patches(int length)
    {
        using var target = new MemoryDevice(new byte[length]);
        using var device = new MemoryDevice(source);
        await new BdSyncLocal(new() { RemoteData = true, Checksum = "md5", SizePolicy = SizePolicy.Resize }).ApplyAsync(device, target, cancellationToken: Cancellation);
        Assert.Equal(source, target.GetContent());
    }

    [Fact]
    public async Task Only_what_differs_is_written()
    {
        byte[] before = [.. source];
        before[500_000] = 7;
        using var target = new MemoryDevice(before);
        using var device = new MemoryDevice(source);
        var progress = new RecordingProgress<SyncProgress>();
        var result = await new BdSyncLocal(new() { BlockSize = 1000 }).ApplyAsync(device, target, progress, Cancellation);
        Assert.Equal(1000, result.PatchLength);
        Assert.Equal(source, target.GetContent());
        Assert.True(progress.Reports[^1].Completed);
    }

    private async Task<T> ApplyAsync<T>(MemoryDevice target, BdSyncClientOptions? options = null)
        where T : Exception
    {
        using var device = new MemoryDevice(source);
        return await Assert.ThrowsAsync<T>(() => new BdSyncLocal(options, logger).ApplyAsync(device, target, cancellationToken: Cancellation));
    }
}
