using BdSync.Protocol.Patching;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests;

/// <summary>What an embedder has opened, stays open.</summary>
public class StreamOwnershipTests
{
    private static readonly byte[] Old = new byte[10_000];
    private static readonly byte[] New = [.. Enumerable.Repeat((byte)1, 10_000)];

    [Fact]
    public async Task A_session_leaves_both_ends_of_its_streams_open()
    {
        var streams = new StreamPair();
        using var device = new MemoryDevice(New);
        using var patch = new WatchedStream();
        var serving = new BdSyncServer(new() { OpenDevice = _ => new MemoryDevice(Old) }).RunAsync(streams.ServerInput, streams.ServerOutput, TestContext.Current.CancellationToken);
        await using (var transport = streams.CreateClientTransport())
        {
            await new BdSyncClient().WritePatchAsync(transport, device, "old", patch, cancellationToken: TestContext.Current.CancellationToken);
            await serving;
        }

        await IsOpenAsync(streams.ClientOutput, streams.ServerInput);
        await IsOpenAsync(streams.ServerOutput, streams.ClientInput);
        Assert.False(patch.IsClosed);
        Assert.Equal(New.Length, device.Length);
    }

    [Fact]
    public async Task A_server_that_is_cancelled_says_so_and_leaves_its_streams_open()
    {
        using var stop = new CancellationTokenSource();
        var streams = new StreamPair();
        var serving = new BdSyncServer().RunAsync(streams.ServerInput, streams.ServerOutput, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
        await streams.ServerOutput.WriteAsync(new byte[1], TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Patches_stay_open_whoever_reads_or_writes_them()
    {
        using var patch = new WatchedStream();
        using var undo = new WatchedStream();
        using var source = new MemoryDevice(New);
        using var target = new MemoryDevice(Old);
        var cancellationToken = TestContext.Current.CancellationToken;
        await new BdSyncLocal().WritePatchAsync(source, target, patch, cancellationToken: cancellationToken);
        foreach (var read in new Func<Task>[]
        {
            () => PatchInspector.InspectAsync(patch, cancellationToken: cancellationToken),
            () => new BdSyncPatcher().WriteUndoAsync(patch, _ => new MemoryDevice(Old), undo, cancellationToken),
            () => new BdSyncPatcher().ApplyAsync(patch, _ => new MemoryDevice(Old), cancellationToken),
        })
        {
            patch.Position = 0;
            await read();
            Assert.False(patch.IsClosed);
            Assert.False(undo.IsClosed);
        }
    }

    [Fact]
    public async Task A_reader_at_the_end_of_a_patch_stays_there()
    {
        using var patch = new WatchedStream();
        var cancellationToken = TestContext.Current.CancellationToken;
        var writer = new PatchWriter(patch);
        await writer.WriteHeaderAsync(new(100, "device"), cancellationToken);
        await writer.CompleteAsync(cancellationToken: cancellationToken);
        patch.Position = 0;

        var reader = new PatchReader(patch);
        await reader.ReadHeaderAsync(cancellationToken);
        Assert.Null(await reader.ReadRecordAsync(cancellationToken));
        Assert.Null(await reader.ReadRecordAsync(cancellationToken));
        await Assert.ThrowsAsync<InvalidOperationException>(() => reader.ReadHeaderAsync(cancellationToken).AsTask());
        Assert.False(patch.IsClosed);
    }

    private static async Task IsOpenAsync(Stream output, Stream input)
    {
        await output.WriteAsync(new byte[] { 7 }, TestContext.Current.CancellationToken);
        await output.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(7, input.ReadByte());
    }

    private sealed class WatchedStream : MemoryStream
    {
        public bool IsClosed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }
}
