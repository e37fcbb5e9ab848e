using BdSync.Protocol;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Patching;
using BdSync.Protocol.Planning;
using BenchmarkDotNet.Attributes;

namespace BdSync.Benchmarks.Patching;

/// <summary>
/// A patch of 64 MiB, in memory, applied to a file of 256 MiB: one block changed in four, or a quarter of the device in one piece. Compared with the
/// same writes without a patch. Both end with an fsync: a slow disk hides the rest.
/// </summary>
[MemoryDiagnoser]
public class PatchApplyBenchmarks
{
    private const int DeviceLength = 256 * 1024 * 1024;
    private const int PatchLength = DeviceLength / 4;
    private const int BlockSize = 4096;
    private const int LongWrite = 256 * 1024;

    private readonly byte[] data = new byte[LongWrite];
    private string folder = "";
    private string path = "";
    private byte[] patch = [];

    [Params(false, true)]
    public bool Scattered { get; set; }

    // How the applier writes: neighbouring blocks joined, up to what a buffer holds.
    private int WriteLength => Scattered ? BlockSize : LongWrite;

    private int Step => Scattered ? 4 * BlockSize : LongWrite;

    [GlobalSetup]
    public async Task Setup()
    {
        folder = Directory.CreateTempSubdirectory("bdsync-benchmark-").FullName;
        path = Path.Combine(folder, "target");
        new Random(1).NextBytes(data);
        using (var file = File.Create(path))
        {
            // Written, not just extended: what a file system does for a first write is no part of it.
            for (var offset = 0; offset < DeviceLength; offset += data.Length)
            {
                file.Write(data);
            }
        }

        using var stream = new MemoryStream();
        var writer = new PatchWriter(stream);
        await writer.WriteHeaderAsync(new(DeviceLength, path));
        for (var written = 0; written < PatchLength; written += WriteLength)
        {
            await writer.WriteBlocksAsync((long)written / WriteLength * Step, data.AsMemory(0, WriteLength), BlockSize);
        }

        await writer.CompleteAsync();
        patch = stream.ToArray();
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(folder, recursive: true);

    [Benchmark(Baseline = true)]
    public void WritePositioned()
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        for (var written = 0; written < PatchLength; written += WriteLength)
        {
            RandomAccess.Write(file, data.AsSpan(0, WriteLength), (long)written / WriteLength * Step);
        }

        RandomAccess.FlushToDisk(file);
    }

    /// <summary>From a stream that can seek: checked to its end before the first write.</summary>
    [Benchmark]
    public async Task<long> ApplyChecked()
    {
        using var stream = new MemoryStream(patch, writable: false);
        var result = await new BdSyncPatcher().ApplyAsync(stream, header => WritableLocalDevice.Open(header.DeviceName));
        return result.BytesWritten;
    }

    /// <summary>The applying alone, as from a pipe, to a device that drops what it is given: what there is beside the writes.</summary>
    [Benchmark]
    public async Task<long> ApplyToNothing()
    {
        var reader = new PatchReader(new MemoryStream(patch, writable: false));
        var header = await reader.ReadHeaderAsync();
        using var target = new DroppingDevice(header.DeviceLength);
        using var applier = new PatchApplier(target, header, SizePolicy.Strict);
        await applier.ApplyAsync(reader, CancellationToken.None);
        return applier.BytesWritten;
    }
}
