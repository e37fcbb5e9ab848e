using BdSync.Cli.Patches;
using BdSync.Protocol;
using BdSync.TestUtilities;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Cli.Tests.Patches;

/// <summary>What is compressed comes back, and what is damaged is refused before anything is written.</summary>
public class CompressedPatchTests
{
    private const int DeviceLength = 600_000;

    private static readonly byte[] Patch = CreatePatch();

    public static TheoryData<string, bool> Kinds => new()
    {
        { nameof(PatchCompression.None), true }, { nameof(PatchCompression.Gzip), true }, { nameof(PatchCompression.Zstd), true },
        { nameof(PatchCompression.None), false }, { nameof(PatchCompression.Gzip), false }, { nameof(PatchCompression.Zstd), false },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Property(MaxTest = 150)]
    public Property Data_comes_back() => Prop.ForAll(
        Arb.From(Gen.Zip(Gen.OneOf(Gen.Choose(0, 40), Gen.Choose(0, 400_000)), Gen.Elements(nameof(PatchCompression.None), nameof(PatchCompression.Gzip), nameof(PatchCompression.Zstd)))),
        Arb.From(Gen.Choose(1, 70_000)),
        async (example, portion) =>
        {
            var data = CreateData(example.Item1, portion);
            var compressed = await CompressAsync(data, example.Item2);
            Assert.Equal(data, await ReadAsync(new MemoryStream(compressed)));
            Assert.Equal(data, await ReadAsync(new ForwardOnlyStream(compressed, portion)));
        });

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_patch_is_applied_from_where_the_file_is(string compression, bool canSeek)
    {
        var compressed = await CompressAsync(Patch, compression);
        var (error, target) = await ApplyAsync(canSeek ? new MemoryStream([7, .. compressed]) { Position = 1 } : new ForwardOnlyStream(compressed, 1000));
        Assert.Null(error);
        Assert.Equal(CreateData(DeviceLength, 1), target);
    }

    [Theory]
    [InlineData(nameof(PatchCompression.Gzip))]
    [InlineData(nameof(PatchCompression.Zstd))]
    public async Task A_file_can_be_read_again_after_any_part(string compression)
    {
        var data = CreateData(500_000, 3);
        var compressed = await CompressAsync(data, compression);
        await using var stream = await CompressedPatch.OpenReadAsync(new MemoryStream([1, 2, .. compressed]) { Position = 2 }, Cancellation);
        Assert.True(stream.CanSeek);
        foreach (var length in new[] { 0, 1, 100_000, 131_072, 400_000, 500_000 })
        {
            var part = new byte[length];
            Assert.Equal(length, await stream.ReadAtLeastAsync(part, length, throwOnEndOfStream: false, Cancellation));
            Assert.Equal(data[..length], part);
            Assert.Equal(length, stream.Position);
            stream.Position = 0;
        }

        Assert.Throws<NotSupportedException>(() => stream.Position = 1);
    }

    [Theory]
    [InlineData(nameof(PatchCompression.Gzip))]
    [InlineData(nameof(PatchCompression.Zstd))]
    public async Task A_truncated_one_is_refused_wherever_it_ends(string compression)
    {
        var patch = new RawPatch(DeviceLength).Record(0, CreateData(200, 1)).Record(300, new byte[200]).End();
        var compressed = await CompressAsync(patch, compression);
        for (var length = 0; length < compressed.Length; length++)
        {
            await IsRefusedAsync(compressed[..length]);
        }
    }

    [Theory]
    [InlineData(nameof(PatchCompression.Gzip))]
    [InlineData(nameof(PatchCompression.Zstd))]
    public async Task A_large_one_that_is_truncated_is_refused(string compression)
    {
        var compressed = await CompressAsync(Patch, compression);
        foreach (var missing in new[] { 1, 2, 4, 8, 100, 16_384, 100_000 })
        {
            await IsRefusedAsync(compressed[..^missing]);
        }
    }

    [Theory]
    [InlineData(nameof(PatchCompression.Gzip))]
    [InlineData(nameof(PatchCompression.Zstd))]
    public async Task What_follows_compressed_data_is_refused_whatever_its_length(string compression)
    {
        foreach (var patch in new[] { new RawPatch(DeviceLength).End(), Patch })
        {
            var compressed = await CompressAsync(patch, compression);
            foreach (var length in new[] { 1, 2, 3, 4, 8, 8191, 8192, 8193, 16_383, 16_384, 16_385, 200_000 })
            {
                await IsRefusedAsync([.. compressed, .. Enumerable.Repeat((byte)0x41, length)]);
                await IsRefusedAsync([.. compressed, .. new byte[length]]);
            }

            await IsRefusedAsync([.. compressed, .. compressed.AsSpan(0, 1)]);
            await IsRefusedAsync([.. compressed, .. compressed.AsSpan(0, 6)]);
        }
    }

    // Single bits of gzip's header and of its block headers have no meaning of their own: what is accepted must be the patch all the same.
    [Theory]
    [InlineData(nameof(PatchCompression.Gzip))]
    [InlineData(nameof(PatchCompression.Zstd))]
    public async Task A_damaged_one_is_never_applied_wrongly(string compression)
    {
        var patch = new RawPatch(DeviceLength).Record(0, CreateData(100, 1)).Record(300, new byte[200]).End();
        var compressed = await CompressAsync(patch, compression);
        var (_, expected) = await ApplyAsync(new MemoryStream(compressed));
        var refused = 0;
        for (var bit = 0; bit < compressed.Length * 8; bit++)
        {
            byte[] damaged = [.. compressed];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            var (error, target) = await ApplyAsync(new MemoryStream(damaged));
            refused += error is null ? 0 : 1;
            Assert.Equal(error is null ? expected : new byte[DeviceLength], target);
            Assert.True(error is null or { ExitStatus: BdSyncExitStatus.PatchFormat }, error?.Message);
        }

        Assert.InRange(refused, compressed.Length * 7, compressed.Length * 8);
    }

    [Theory]
    [InlineData(nameof(PatchCompression.Gzip))]
    [InlineData(nameof(PatchCompression.Zstd))]
    public async Task Several_that_follow_each_other_are_one(string compression)
    {
        byte[] compressed = [.. await CompressAsync(Patch[..1000], compression), .. await CompressAsync([], compression), .. await CompressAsync(Patch[1000..], compression)];
        Assert.Equal(Patch, await ReadAsync(new MemoryStream(compressed)));
        Assert.Equal(Patch, await ReadAsync(new ForwardOnlyStream(compressed, 100)));
    }

    [Fact]
    public async Task A_window_that_takes_too_much_memory_is_refused()
    {
        // A frame header (RFC 8878): magic, no content size, window descriptor with exponent 18 above 2^10: 256 MiB; then an empty last block.
        byte[] frame = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 18 << 3, 0x01, 0x00, 0x00];
        var (error, _) = await ApplyAsync(new MemoryStream(frame));
        Assert.IsType<PatchException>(error);
        Assert.Contains("window of more than 128 MiB", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x1F })]
    [InlineData(new byte[] { 0x28, 0xB5, 0x2F })]
    [InlineData(new byte[] { 1, 2, 3, 4, 5 })]
    public Task What_is_neither_is_taken_for_a_plain_patch(byte[] data) => IsRefusedAsync(data);

    [Fact]
    public async Task The_output_stays_open()
    {
        foreach (var compression in Enum.GetValues<PatchCompression>())
        {
            using var output = new MemoryStream();
            await CompressedPatch.CreateWriter(output, compression).DisposeAsync();
            Assert.True(output.CanWrite);
        }
    }

    private static async Task IsRefusedAsync(byte[] data)
    {
        var (error, target) = await ApplyAsync(new MemoryStream(data));
        Assert.IsType<PatchException>(error);
        Assert.EndsWith("Nothing has been written.", error.Message, StringComparison.Ordinal);
        Assert.Equal(new byte[DeviceLength], target);
        Assert.IsType<PatchException>((await ApplyAsync(new ForwardOnlyStream(data, 5000))).Error);
    }

    private static async Task<(BdSyncException? Error, byte[] Target)> ApplyAsync(Stream file)
    {
        using var target = new MemoryDevice(new byte[DeviceLength]);
        try
        {
            await using var patch = await CompressedPatch.OpenReadAsync(file, Cancellation);
            await new BdSyncPatcher().ApplyAsync(patch, _ => target, Cancellation);
            return (null, target.GetContent());
        }
        catch (BdSyncException exception)
        {
            return (exception, target.GetContent());
        }
    }

    private static async Task<byte[]> ReadAsync(Stream file)
    {
        await using var patch = await CompressedPatch.OpenReadAsync(file, Cancellation);
        using var result = new MemoryStream();
        await patch.CopyToAsync(result, 81_920, Cancellation);
        return result.ToArray();
    }

    private static async Task<byte[]> CompressAsync(byte[] data, string compression)
    {
        using var output = new MemoryStream();
        await using (var writer = CompressedPatch.CreateWriter(output, Enum.Parse<PatchCompression>(compression)))
        {
            for (var offset = 0; offset < data.Length; offset += 60_000)
            {
                await writer.WriteAsync(data.AsMemory(offset, Math.Min(60_000, data.Length - offset)), Cancellation);
            }
        }

        return output.ToArray();
    }

    // Half of it can be compressed.
    private static byte[] CreateData(int length, int seed)
    {
        var data = new byte[length];
        new Random(seed).NextBytes(data.AsSpan(0, length / 2));
        return data;
    }

    private static byte[] CreatePatch()
    {
        var patch = new RawPatch(DeviceLength);
        var data = CreateData(DeviceLength, 1);
        for (var offset = 0; offset < data.Length; offset += 30_000)
        {
            patch.Record(offset, data.AsSpan(offset, 30_000));
        }

        return patch.End();
    }
}
