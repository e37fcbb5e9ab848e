using BdSync.Interop.Tests.Processes;
using BdSync.Interop.Tests.Programs;
using BdSync.TestUtilities;

namespace BdSync.Interop.Tests.Memory;

/// <summary>No program needs memory in proportion to the devices, the blocks or the differences, nor where somebody is slow to read.</summary>
public class MemoryTests(LargeDevices devices) : IClassFixture<LargeDevices>
{
    private const int StallAfter = 20_000_000;
    private const int StallMilliseconds = 500;

    private readonly WorkFolder folder = devices.Folder;

    [Theory(DisableParallelization = true)]
    [InlineData("")]
    [InlineData("--remdata")]
    [InlineData("--blocksize=1000000 --checksum=sha256")]
    [InlineData("--blocksize=1000000 --remdata")]
    [InlineData("--blocksize=512 --hash=sha512")]
    [InlineData("--blocksize=512 --hash=sha512 --remdata --twopass")]
    [InlineData("--blocksize=100000000 --checksum=md5")]
    [InlineData("--twopass --checksum=md5 --flushcache --zeroblocks --threads=8")]
    public async Task A_client_and_its_server_need_little_memory_though_all_differs_and_the_patch_is_read_slowly(string options)
    {
        var remote = RemoteScript.Server(folder, "--threads=2");
        var (local, other) = options.Contains("--remdata", StringComparison.Ordinal) ? (Devices.Target, Devices.Source) : (Devices.Source, Devices.Target);
        await using var memory = new PeakMemory();
        await using var client = folder.Start(Tool.Ours, ["--threads=2", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), remote.Command, local, other]);
        memory.Watch("client", client.Id);
        await client.ReadOutputAsync(20);
        memory.Watch("server", await remote.GetProcessIdAsync());

        await client.ReadOutputAsync(StallAfter);
        await Wait.ForAsync(StallMilliseconds);
        await client.DropOutputAsync();

        (await client.WaitAsync()).ShouldExitWith(0);
        await memory.ShouldStayBelowLimitAsync();
    }

    [Theory(DisableParallelization = true)]
    [InlineData(512)]
    [InlineData(4096)]
    [InlineData(65535)]
    public async Task A_patcher_needs_little_memory_whatever_it_writes(int recordLength)
    {
        const string target = "patched.img";
        const long length = LargeDevices.Mebibytes * 1024L * 1024;
        await using (var file = File.Create(folder[target]))
        {
            file.SetLength(length);
        }

        await using var memory = new PeakMemory();
        await using var patcher = folder.Start(Tool.Ours, "--patch");
        memory.Watch("patch", patcher.Id);
        await patcher.SendAsync(new RawPatch(length, target).ToArray());
        foreach (var piece in CreateRecords(length, recordLength))
        {
            await patcher.SendAsync(piece);
        }

        await patcher.WriteInputAsync(new byte[11]);
        (await patcher.WaitAsync()).ShouldExitWith(0);
        await memory.ShouldStayBelowLimitAsync();
    }

    // Many records in each piece, or sending them would take longer than writing them.
    private static IEnumerable<byte[]> CreateRecords(long deviceLength, int recordLength)
    {
        const int pieceLength = 1_000_000;
        var data = new byte[recordLength];
        Array.Fill<byte>(data, 1);
        for (long position = 0; position < deviceLength;)
        {
            using var piece = new MemoryStream();
            using var writer = new BinaryWriter(piece);
            for (; piece.Length < pieceLength && position < deviceLength; position += recordLength)
            {
                var length = (int)Math.Min(recordLength, deviceLength - position);
                writer.Write(position);
                writer.Write((ushort)length);
                writer.Write(data, 0, length);
            }

            yield return piece.ToArray();
        }
    }
}
