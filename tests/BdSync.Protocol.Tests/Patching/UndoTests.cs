using BdSync.Protocol.Devices;
using BdSync.Protocol.Planning;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Patching;

/// <summary>Patches that take a target back, where something is special.</summary>
public class UndoTests
{
    private static readonly byte[] Target = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task It_holds_what_is_there_and_the_name_of_the_patch() =>
        IsUndoneByAsync(new RawPatch(16, "näme").Record(2, 9, 9).Record(8, 9).End("md5", new byte[16]), new RawPatch(16, "näme").Record(2, 3, 4).Record(8, 9).End());

    [Fact]
    public Task Neighbours_are_joined() =>
        IsUndoneByAsync(new RawPatch(16).Record(2, 0, 0).Record(4, 0).Record(3, 0).End(), new RawPatch(16).Record(2, 3, 4, 5).Record(3, 4).End());

    [Fact]
    public Task What_a_patch_cuts_off_is_in_it() =>
        IsUndoneByAsync(new RawPatch(13).Record(0, 0).End(), new RawPatch(16).Record(0, 1).Record(13, 14, 15, 16).End(), SizePolicy.Resize);

    [Fact]
    public Task What_a_patch_adds_is_not_in_it() =>
        IsUndoneByAsync(new RawPatch(20).Record(14, 0, 0, 0, 0).Record(18, 0).End(), new RawPatch(16).Record(14, 15, 16).End(), SizePolicy.Resize);

    [Fact]
    public Task What_minsize_leaves_out_is_not_in_it() =>
        IsUndoneByAsync(new RawPatch(20).Record(14, 0, 0, 0, 0).Record(18, 0).End(), new RawPatch(16).Record(14, 15, 16).End(), SizePolicy.MinSize);

    [Fact]
    public Task Minsize_cuts_nothing_off() =>
        IsUndoneByAsync(new RawPatch(10).Record(1, 0).End(), new RawPatch(16).Record(1, 2).End(), SizePolicy.MinSize);

    [Fact]
    public async Task Records_are_no_longer_than_those_that_a_client_writes()
    {
        using var device = new MemoryDevice(new byte[65540]);
        var (header, records, _) = await PatchCheck.ReadAllAsync(await InvertAsync(new RawPatch(65540).Record(3, new byte[65535]).End(), device));
        Assert.Equal(65540, header.DeviceLength);
        Assert.Equal([(3, 32768), (32771, 32767)], records.Select(record => ((int)record.Offset, record.Data.Length)));
    }

    [Fact]
    public async Task Holes_that_are_cut_off_are_not_read()
    {
        using var device = new IslandDevice(1L << 50, (1L << 40, [1, 2, 3]), ((1L << 50) - 1, [4]));
        var undo = await InvertAsync(new RawPatch(5).End(), device, SizePolicy.Resize);
        Assert.Equal(new RawPatch(1L << 50).Record(1L << 40, 1, 2, 3).Record((1L << 50) - 1, 4).End(), undo);
        Assert.Equal(4, device.BytesRead);
    }

    [Fact]
    public async Task Other_sizes_are_refused_in_the_usual_words()
    {
        var error = await Assert.ThrowsAsync<SizeMismatchException>(() => InvertAsync(new RawPatch(17).End(), new MemoryDevice(Target)));
        Assert.Equal("Different sizes current=16 patch=17", error.Message);
    }

    [Fact]
    public async Task A_damaged_patch_gives_no_whole_undo()
    {
        using var undo = new MemoryStream();
        using var patch = new MemoryStream(new RawPatch(16).Record(0, 1).Record(16, 1).End());
        await Assert.ThrowsAsync<PatchException>(() => new BdSyncPatcher().WriteUndoAsync(patch, _ => new MemoryDevice(Target), undo, Cancellation));
        await PatchCheck.IsIncompleteAsync(undo.ToArray());
        Assert.Equal(0, patch.Position);
    }

    [Fact]
    public async Task A_target_that_can_not_be_read_ends_it()
    {
        using var device = new MemoryDevice(Target) { FailingReadOffset = 5 };
        var error = await Assert.ThrowsAsync<DeviceException>(() => InvertAsync(new RawPatch(16).Record(4, 1, 2).End(), device));
        Assert.Equal(BdSyncExitStatus.Read, error.ExitStatus);
    }

    [Fact]
    public async Task A_name_that_does_not_fit_is_refused()
    {
        var patch = new RawPatch(16, [.. Enumerable.Repeat((byte)0xFF, 16384)]).End();
        var error = await Assert.ThrowsAsync<PatchException>(() => InvertAsync(patch, new MemoryDevice(Target)));
        Assert.Contains("at most 16384", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_stream_that_can_not_seek_is_refused() => Assert.ThrowsAsync<ArgumentException>(
        () => new BdSyncPatcher().WriteUndoAsync(new ForwardOnlyStream(new RawPatch(16).End()), _ => new MemoryDevice(Target), new MemoryStream(), Cancellation));

    private static async Task IsUndoneByAsync(byte[] patch, byte[] expected, SizePolicy policy = SizePolicy.Strict) =>
        Assert.Equal(expected, await InvertAsync(patch, new MemoryDevice(Target), policy));

    private static async Task<byte[]> InvertAsync(byte[] patch, Device device, SizePolicy policy = SizePolicy.Strict)
    {
        using var undo = new MemoryStream();
        await new BdSyncPatcher(new() { SizePolicy = policy }).WriteUndoAsync(new MemoryStream(patch), _ => device, undo, Cancellation);
        return undo.ToArray();
    }
}
