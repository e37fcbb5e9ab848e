using BdSync.Interop.Tests.Programs;
using BdSync.TestUtilities;

namespace BdSync.Interop.Tests.LoopDevices;

/// <summary>Block devices whose size is no multiple of the block size, and ones of another size.</summary>
public class BlockDeviceTests
{
    private const int Length = (1024 * 1024) + 512;

    public static TheoryData<int, string, Implementation, Implementation> Copies
    {
        get
        {
            var data = new TheoryData<int, string, Implementation, Implementation>();
            foreach (var blockSize in (int[])[512, 4096, 5000, 100_000])
            {
                data.Add(blockSize, "", Implementation.Ours, Implementation.Ours);
                data.Add(blockSize, "--remdata", Implementation.Ours, Implementation.Ours);
                data.Add(blockSize, "--twopass", Implementation.Ours, Implementation.Stock);
                data.Add(blockSize, "--flushcache", Implementation.Stock, Implementation.Ours);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Copies))]
    public async Task A_block_device_of_an_odd_size_is_copied_to_its_last_byte(int blockSize, string option, Implementation client, Implementation server)
    {
        LoopDevice.Require();
        var (program, serverCommand) = (Tool.Require(client), Tool.ServerCommand(server));
        using var folder = new WorkFolder();
        await using var source = await LoopDevice.CreateAsync(folder, "source.img", Noise(Length));
        await using var target = await LoopDevice.CreateAsync(folder, "target.img", new byte[Length]);
        var (local, remote) = option == "--remdata" ? (target, source) : (source, target);
        string[] options = [$"--blocksize={blockSize}", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

        var patch = (await folder.RunAsync(program, [.. options, serverCommand, local.Path, remote.Path])).ShouldExitWith(0).Output;
        (await folder.RunAsync(Tool.Ours, ["--patch"], patch)).ShouldExitWith(0);

        await target.ShouldContainAsync(Noise(Length));
    }

    [Theory]
    [InlineData(Length - 4096)]
    [InlineData(Length + 4096)]
    public async Task A_block_device_is_not_resized_and_nothing_is_written_to_it(int patchLength)
    {
        LoopDevice.Require();
        using var folder = new WorkFolder();
        await using var target = await LoopDevice.CreateAsync(folder, "target.img", Noise(Length));
        var patch = new RawPatch(patchLength, target.Path).Record(4096, new byte[4096]).Record(patchLength - 512, new byte[512]).End();

        var result = await folder.RunAsync(Tool.Ours, ["--patch", "--diffsize=resize"], patch);

        result.ShouldExitWith(3).ShouldExplainItselfBriefly();
        Assert.Contains($"Nothing has been written to {target.Path}", result.Errors, StringComparison.Ordinal);
        await target.ShouldContainAsync(Noise(Length));
    }

    [Theory]
    [InlineData(Length - 4096)]
    [InlineData(Length + 4096)]
    public async Task A_block_device_of_another_size_takes_what_both_have(int patchLength)
    {
        LoopDevice.Require();
        using var folder = new WorkFolder();
        await using var target = await LoopDevice.CreateAsync(folder, "target.img", Noise(Length));
        var patch = new RawPatch(patchLength, target.Path).Record(patchLength - 8192, new byte[8192]).End();

        (await folder.RunAsync(Tool.Ours, ["--patch", "--diffsize=minsize"], patch)).ShouldExitWith(0);

        var expected = Noise(Length);
        expected.AsSpan((patchLength - 8192)..Math.Min(patchLength, Length)).Clear();
        await target.ShouldContainAsync(expected);
    }

    [Fact]
    public async Task A_read_only_block_device_can_be_a_source()
    {
        LoopDevice.Require();
        using var folder = new WorkFolder();
        folder.Write("source.img", Noise(Length));
        folder.Write("target.img", new byte[Length]);
        await using var source = await LoopDevice.AttachAsync(folder, "source.img", readOnly: true);

        var pushed = (await folder.RunAsync(Tool.Ours, [Tool.ServerCommand(Implementation.Ours), source.Path, "target.img"])).ShouldExitWith(0);
        var pulled = (await folder.RunAsync(Tool.Ours, ["--remdata", Tool.ServerCommand(Implementation.Ours), "target.img", source.Path])).ShouldExitWith(0);

        Assert.Equal(pushed.Output, pulled.Output.AsSpan());
    }

    [Theory]
    [InlineData("--patch")]
    [InlineData("--patch --force")]
    public async Task A_read_only_block_device_is_refused_as_a_target(string options)
    {
        LoopDevice.Require();
        using var folder = new WorkFolder();
        folder.Write("target.img", Noise(Length));
        await using var target = await LoopDevice.AttachAsync(folder, "target.img", readOnly: true);
        var patch = new RawPatch(Length, target.Path).Record(0, new byte[4096]).End();

        var result = await folder.RunAsync(Tool.Ours, options.Split(' '), patch);

        result.ShouldExitWith(12).ShouldExplainItselfBriefly();
        Assert.Contains($"{target.Path} can't be opened for writing: it is read-only", result.Errors, StringComparison.Ordinal);
        Assert.Equal(Noise(Length), folder.Read("target.img").AsSpan());
    }

    private static byte[] Noise(int length)
    {
        var data = new byte[length];
        new Random(1).NextBytes(data);
        return data;
    }
}
