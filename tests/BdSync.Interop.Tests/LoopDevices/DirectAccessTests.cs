using System.Runtime.InteropServices;
using BdSync.Interop.Tests.Programs;
using BdSync.TestUtilities;

namespace BdSync.Interop.Tests.LoopDevices;

/// <summary><c>--direct</c> on block devices: their last sectors are no whole page, and what is written must be seen by those who read through the cache.</summary>
public class DirectAccessTests
{
    private const int Sector = 512;

    /// <summary>Sizes in sectors, none a multiple of 4096 bytes; block sizes that are aligned, and some that aren't.</summary>
    public static TheoryData<int, int, string> Copies
    {
        get
        {
            var data = new TheoryData<int, int, string>();
            foreach (var sectors in (int[])[1, 9, 2049, 4095])
            {
                foreach (var blockSize in (int[])[4096, 5000, 300_000])
                {
                    data.Add(sectors, blockSize, "");
                }
            }

            data.Add(4095, 4096, "--remdata --checksum=md5");
            data.Add(4095, 1000, "--twopass --checksum=sha256");
            data.Add(4095, 777, "--flushcache --threads=1");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Copies))]
    public async Task A_block_device_is_copied_to_its_last_sector(int sectors, int blockSize, string options)
    {
        LoopDevice.Require();
        using var folder = new WorkFolder();
        var (sourceData, targetData) = CreateContent(sectors);
        await using var source = await LoopDevice.CreateAsync(folder, "source.img", sourceData);
        await using var target = await LoopDevice.CreateAsync(folder, "target.img", targetData);
        var (local, remote) = options.Contains("--remdata", StringComparison.Ordinal) ? (target, source) : (source, target);
        string[] compared = [$"--blocksize={blockSize}", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

        var cached = (await folder.RunAsync(Tool.Ours, [.. compared, Tool.ServerCommand(Implementation.Ours), local.Path, remote.Path])).ShouldExitWith(0).Output;
        var patch = (await folder.RunAsync(Tool.Ours, [.. compared, "--direct", Tool.ServerCommand(Implementation.Ours, "--direct"), local.Path, remote.Path])).ShouldExitWith(0).Output;
        Assert.Equal(cached, patch.AsSpan());
        (await folder.RunAsync(Tool.Ours, ["--patch", "--direct"], patch)).ShouldExitWith(0);

        // Through the cache of the device, and what has reached the file below it.
        await target.ShouldContainAsync(sourceData);
        Assert.Equal(sourceData, folder.Read("target.img").AsSpan());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2049)]
    [InlineData(4096)]
    public async Task A_block_device_is_brought_up_to_date_without_a_patch(int sectors)
    {
        LoopDevice.Require();
        using var folder = new WorkFolder();
        var (sourceData, targetData) = CreateContent(sectors);
        await using var source = await LoopDevice.CreateAsync(folder, "source.img", sourceData);
        await using var target = await LoopDevice.CreateAsync(folder, "target.img", targetData);

        (await folder.RunAsync(Tool.Ours, ["--local", "--apply", "--direct", source.Path, target.Path])).ShouldExitWith(0);

        await target.ShouldContainAsync(sourceData);
        Assert.Equal(sourceData, folder.Read("target.img").AsSpan());
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("--direct", true)]
    public async Task A_server_reads_past_the_cache_if_asked_to(string option, bool expected)
    {
        LoopDevice.Require();
        using var folder = new WorkFolder();
        await using var device = await LoopDevice.CreateAsync(folder, "device.img", CreateContent(9).Source);
        await using var server = folder.Start(Tool.Ours, ((string[])["--server", option]).Where(word => word.Length > 0));
        await server.SendAsync(RawMessage.Join(RawMessage.Hello(), RawMessage.DevFile(device.Path)));

        // Its greeting, and a bit of the answer that follows when the device is open.
        await server.ReadOutputAsync(20);
        Assert.Equal(expected, GetOpenFlags(server.Id, device.Path).Any(flags => (flags & DirectFlag) != 0));
    }

    // Some of it differs at the start, in the middle, across a boundary of ranges and at the end.
    private static (byte[] Source, byte[] Target) CreateContent(int sectors)
    {
        var source = new byte[sectors * Sector];
        new Random(sectors).NextBytes(source);
        byte[] target = [.. source];
        foreach (var offset in (int[])[0, 4095, 5000, 262_143, 262_144, 700_000, target.Length - 1])
        {
            if (offset < target.Length)
            {
                target[offset] ^= 1;
            }
        }

        // A long piece, so that writes are joined to more than a buffer holds.
        target.AsSpan(target.Length / 3, target.Length / 3).Clear();
        return (source, target);
    }

    // O_DIRECT (asm/fcntl.h), which differs between architectures.
    private static int DirectFlag => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x10000 : 0x4000;

    private static IEnumerable<int> GetOpenFlags(int processId, string path)
    {
        foreach (var descriptor in Directory.EnumerateFileSystemEntries($"/proc/{processId}/fd"))
        {
            if (new FileInfo(descriptor).LinkTarget == path)
            {
                var line = File.ReadLines($"/proc/{processId}/fdinfo/{Path.GetFileName(descriptor)}").First(line => line.StartsWith("flags:", StringComparison.Ordinal));
                yield return Convert.ToInt32(line["flags:".Length..].Trim(), 8);
            }
        }
    }
}
