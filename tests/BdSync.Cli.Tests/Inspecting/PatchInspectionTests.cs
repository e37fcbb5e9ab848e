using BdSync.Cli.Inspecting;
using BdSync.Cli.Patches;
using BdSync.Protocol;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Inspecting;

/// <summary>Patches in files and pipes, compressed or not, whole or damaged.</summary>
public class PatchInspectionTests
{
    private static readonly byte[] Patch = CreatePatch(20, 100);

    public static TheoryData<string> Compressions => [nameof(PatchCompression.Gzip), nameof(PatchCompression.Zstd)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Compressions))]
    public async Task A_compressed_one_is_described_as_the_plain_one(string compression)
    {
        var plain = await InspectAsync(Patch);
        var compressed = await InspectAsync(await CompressAsync(Patch, compression));
        Assert.Equal((PatchCompression.None, 0), (plain.Compression, plain.FollowingLength));
        Assert.Equal((compression, 0), (compressed.Compression.ToString(), compressed.FollowingLength));
        Assert.Equal(BdSyncExitStatus.Success, compressed.Status);
        Assert.Equal((20, 2000, Patch.Length), (compressed.Summary!.RecordCount, compressed.Summary.Extents.Length, compressed.Summary.WholeLength));
        Assert.Equal(2000, Enumerable.Range(0, compressed.Cells!.Count).Sum(index => compressed.Cells[index]));
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public async Task A_truncated_one_is_described_up_to_where_it_ends(string compression)
    {
        var compressed = await CompressAsync(Patch, compression);
        for (var length = 5; length < compressed.Length; length++)
        {
            IsDamaged(await InspectAsync(compressed[..length]));
            IsDamaged(await InspectAsync(new ForwardOnlyStream(compressed[..length], 7)));
        }
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public async Task Much_of_a_large_one_that_is_truncated_is_described(string compression)
    {
        var patch = CreatePatch(100, 20_000);
        var compressed = await CompressAsync(patch, compression);
        var inspected = await InspectAsync(compressed[..(compressed.Length / 2)]);
        IsDamaged(inspected);
        Assert.InRange(inspected.Summary!.WholeLength, patch.Length / 4, patch.Length / 2);

        // What is missing is less than what tells that it is whole.
        inspected = await InspectAsync(compressed[..^1]);
        IsDamaged(inspected);
        Assert.InRange(inspected.Summary!.RecordCount, 90, 100);
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public async Task Whichever_bit_is_wrong_it_is_damaged_or_means_the_same(string compression)
    {
        var compressed = await CompressAsync(Patch, compression);
        for (var bit = 0; bit < compressed.Length * 8; bit++)
        {
            byte[] damaged = [.. compressed];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            var inspected = await InspectAsync(damaged);
            if (inspected.Status == BdSyncExitStatus.Success)
            {
                Assert.Equal((20, 2000, Patch.Length), (inspected.Summary!.RecordCount, inspected.Summary.Extents.Length, inspected.Summary.WholeLength));
            }
            else
            {
                IsDamaged(inspected);
            }
        }
    }

    [Fact]
    public async Task What_follows_the_end_is_counted_where_that_is_possible()
    {
        Assert.Equal(7, (await InspectAsync([.. Patch, .. new byte[7]])).FollowingLength);
        Assert.Null((await InspectAsync(new ForwardOnlyStream([.. Patch, .. new byte[7]]))).FollowingLength);
        Assert.Equal(7, (await InspectAsync(new ForwardOnlyStream(await CompressAsync([.. Patch, .. new byte[7]], nameof(PatchCompression.Gzip))))).FollowingLength);
        Assert.Equal(0, (await InspectAsync(new MemoryStream([1, 2, 3, .. Patch]) { Position = 3 })).FollowingLength);
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public async Task Not_all_is_read_that_follows_the_end_of_a_compressed_one(string compression)
    {
        var inspected = await InspectAsync(await CompressAsync([.. Patch, .. new byte[100_000_000]], compression));
        Assert.Equal(BdSyncExitStatus.Success, inspected.Status);
        Assert.InRange(inspected.FollowingLength!.Value, PatchInspection.MaxFollowingLength, 2 * PatchInspection.MaxFollowingLength);
    }

    [Theory]
    [InlineData("missing", BdSyncExitStatus.Device)]
    [InlineData(".", BdSyncExitStatus.Device)]
    [InlineData("/proc/self/mem", BdSyncExitStatus.Read)]
    public async Task What_cannot_be_read_says_why(string path, BdSyncExitStatus status)
    {
        using var folder = new TemporaryFolder();
        var inspected = await PatchInspection.InspectAsync(Path.Combine(folder.FullPath, path), Cancellation);
        Assert.Equal(status, inspected.Status);
        Assert.NotEmpty(inspected.ReadError!);
        Assert.Null(inspected.Summary);
    }

    private static void IsDamaged(InspectedPatch patch)
    {
        Assert.Equal(BdSyncExitStatus.PatchFormat, patch.Status);
        Assert.NotEmpty(patch.Summary!.Damage!);
    }

    private static Task<InspectedPatch> InspectAsync(byte[] patch) => InspectAsync(new MemoryStream(patch));

    private static Task<InspectedPatch> InspectAsync(Stream patch) => PatchInspection.InspectAsync("patch", patch, Cancellation);

    private static byte[] CreatePatch(int records, int recordLength)
    {
        var random = new Random(1);
        var raw = new RawPatch(10_000_000);
        var data = new byte[recordLength];
        for (var index = 0; index < records; index++)
        {
            random.NextBytes(data);
            raw.Record(index * 50_000, data);
        }

        return raw.End("md5", new byte[16]);
    }

    private static async Task<byte[]> CompressAsync(byte[] data, string compression)
    {
        using var output = new MemoryStream();
        await using (var writer = CompressedPatch.CreateWriter(output, Enum.Parse<PatchCompression>(compression)))
        {
            await writer.WriteAsync(data, Cancellation);
        }

        return output.ToArray();
    }
}
