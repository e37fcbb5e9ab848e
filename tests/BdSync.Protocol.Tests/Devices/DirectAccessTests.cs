using BdSync.Protocol.Devices;
using BdSync.Protocol.Planning;
using BdSync.TestUtilities;
using FsCheck;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Devices;

/// <summary>Reading and writing past the page cache: offsets, lengths and addresses need not be aligned.</summary>
public sealed class DirectAccessTests : IDisposable
{
    // Beside the tests, not in a file system in memory.
    private readonly TemporaryFolder folder = new(AppContext.BaseDirectory);

    public static TheoryData<int> Lengths => [0, 1, 511, 512, 4095, 4096, 4097, 262_144, 262_145, 1_000_003];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Reads_of_a_file_of_any_size_are_as_through_the_cache(int length)
    {
        var content = Noise(length, 1);
        var path = folder.CreateFile("device", content);
        RequireDirect(path);
        using var direct = LocalDevice.Open(path, direct: true);
        Assert.Equal(length, direct.Length);
        foreach (var offset in new[] { 0, 1, 511, 512, 4095, 4096, 5000, 262_143, length - 1, length, length + 1, length + 10_000 }.Where(offset => offset >= 0))
        {
            foreach (var count in new[] { 1, 512, 4095, 4096, 4097, 262_144, 300_001 })
            {
                AssertReads(content, direct, offset, count);
            }
        }
    }

    [Property(MaxTest = 200)]
    public void Reads_at_any_offset_are_as_through_the_cache(NonNegativeInt offset, NonNegativeInt count, NonNegativeInt alignment)
    {
        var content = Noise(700_001, 2);
        var path = folder.GetPath("device");
        if (!File.Exists(path))
        {
            folder.CreateFile("device", content);
        }

        RequireDirect(path);
        using var direct = LocalDevice.Open(path, direct: true);
        var grain = (alignment.Get % 3) switch { 0 => 1, 1 => 512, _ => 4096 };
        AssertReads(content, direct, offset.Get * 7919 % 710_000 / grain * grain, count.Get * 104_729 % 300_000 / grain * grain);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Writes_anywhere_are_as_through_the_cache(int length)
    {
        var content = Noise(length, 3);
        var path = folder.CreateFile("device", content);
        RequireDirect(path);
        using (var direct = WritableLocalDevice.Open(path, direct: true))
        {
            foreach (var (offset, count) in new[] { (0, 4096), (1, 100), (4095, 2), (8192, 262_144), (length - 1, 1), (500_000, 262_144) })
            {
                if (offset < 0 || offset + count > length)
                {
                    continue;
                }

                var data = Noise(count, offset);
                using var buffer = RangeBuffer.Rent();
                data.CopyTo(buffer.Span);
                direct.Write(offset, buffer.Span[..count]);
                data.CopyTo(content, offset);
                AssertReads(content, direct, Math.Max(offset - 10, 0), count + 20);
            }

            direct.Flush();
        }

        Assert.Equal(content, File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData(1_000_003, 1_000_003, 4096)]
    [InlineData(1_000_003, 777_777, 4096)]
    [InlineData(777_777, 1_000_003, 1000)]
    [InlineData(0, 5000, 4096)]
    [InlineData(5000, 0, 4096)]
    [InlineData(1_048_576, 1_048_576, 300_000)]
    public async Task A_comparison_and_its_patch_are_as_through_the_cache(int sourceLength, int targetLength, int blockSize)
    {
        var source = Noise(sourceLength, 4);
        var target = Noise(sourceLength, 4).Concat(new byte[targetLength]).Take(targetLength).Select((value, index) => index % 99_991 == 5 ? (byte)~value : value).ToArray();
        var (sourcePath, targetPath) = (folder.CreateFile("source", source), folder.CreateFile("target", target));
        RequireDirect(sourcePath);
        var options = new BdSyncClientOptions { BlockSize = blockSize, SizePolicy = SizePolicy.Resize };
        using var local = LocalDevice.Open(sourcePath, direct: true);

        var result = await TestSession.RunAsync(options, local, new() { OpenDevice = path => LocalDevice.Open(path, direct: true) }, targetPath, cancellationToken: Cancellation);
        Assert.Equal(ReferencePatch.Compute(options, source, target, targetPath), result.Patch);

        await new BdSyncPatcher(new() { SizePolicy = SizePolicy.Resize })
            .ApplyAsync(new MemoryStream(result.Patch), header => WritableLocalDevice.Open(header.DeviceName, direct: true), Cancellation);
        Assert.Equal(source, File.ReadAllBytes(targetPath));

        File.WriteAllBytes(targetPath, target);
        using (var device = WritableLocalDevice.Open(targetPath, direct: true))
        {
            await new BdSyncLocal(options).ApplyAsync(local, device, cancellationToken: Cancellation);
        }

        Assert.Equal(source, File.ReadAllBytes(targetPath));
    }

    [Fact]
    public void The_null_device_is_as_empty()
    {
        using var device = LocalDevice.Open("/dev/null", direct: true);
        Assert.Equal(0, device.Read(0, new byte[10]));
    }

    private static void AssertReads(byte[] content, Device device, int offset, int count)
    {
        var buffer = new byte[count];
        var expected = content.AsSpan(Math.Min(offset, content.Length));
        expected = expected[..Math.Min(count, expected.Length)];
        Assert.Equal(expected.Length, device.Read(offset, buffer));
        Assert.True(expected.SequenceEqual(buffer.AsSpan(0, expected.Length)), $"{count} bytes at {offset} differ.");
    }

    private static byte[] Noise(int length, int seed)
    {
        var data = new byte[length];
        new Random(seed).NextBytes(data);
        return data;
    }

    private static void RequireDirect(string path)
    {
        string? refusal = null;
        try
        {
            LocalDevice.Open(path, direct: true).Dispose();
        }
        catch (DeviceException exception)
        {
            refusal = exception.Message;
        }

        TestEnvironment.Require(refusal is null, $"This test needs a file system with direct I/O: {refusal}");
    }
}
