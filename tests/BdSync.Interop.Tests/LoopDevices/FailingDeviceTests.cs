using BdSync.Interop.Tests.Programs;
using BdSync.TestUtilities;

namespace BdSync.Interop.Tests.LoopDevices;

/// <summary>Devices that give I/O errors: a loop device whose file was cut fails to read behind the cut, one whose file has no space fails to write.</summary>
public class FailingDeviceTests
{
    private const int Length = 4 * 1024 * 1024;
    private const int Readable = Length / 2;

    [Theory]
    [InlineData("")]
    [InlineData("--twopass")]
    [InlineData("--checksum=md5 --blocksize=1000000")]
    public async Task A_client_names_the_device_that_cannot_be_read_and_leaves_a_patch_that_is_refused(string options)
    {
        LoopDevice.Require();
        using var folder = new WorkFolder();
        await using var device = await CreateUnreadableAsync(folder);
        folder.Write("target.img", new byte[Length]);

        var result = await folder.RunAsync(Tool.Ours, [.. Split(options), Tool.ServerCommand(Implementation.Ours), device.Path, "target.img"]);

        result.ShouldExitWith(6).ShouldExplainItselfBriefly();
        Assert.Contains(device.Path, result.Errors, StringComparison.Ordinal);
        (await folder.RunAsync(Tool.Ours, ["--patch"], result.Output)).ShouldExitWith(2);
    }

    [Theory]
    [InlineData("--local")]
    [InlineData("")]
    public async Task A_check_names_the_device_that_cannot_be_read_and_leaves_no_patch(string options)
    {
        LoopDevice.Require();
        using var folder = new WorkFolder();
        await using var device = await CreateUnreadableAsync(folder);
        folder.Write("target.img", new byte[Length]);
        string[] remote = options.Length > 0 ? [options] : [Tool.ServerCommand(Implementation.Ours)];

        var result = await folder.RunAsync(Tool.Ours, ["verify", "--repair-patch=repair", .. remote, device.Path, "target.img"]);

        result.ShouldExitWith(6).ShouldExplainItselfBriefly();
        Assert.Contains(device.Path, result.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["repair"]));
    }

    [Theory]
    [InlineData(Implementation.Ours, "")]
    [InlineData(Implementation.Ours, "--remdata")]
    [InlineData(Implementation.Stock, "")]
    [InlineData(Implementation.Stock, "--remdata")]
    public async Task A_server_that_cannot_read_its_device_ends_and_its_client_tells_so(Implementation client, string options)
    {
        LoopDevice.Require();
        var program = Tool.Require(client);
        using var folder = new WorkFolder();
        await using var device = await CreateUnreadableAsync(folder);
        folder.Write("local.img", new byte[Length]);
        var remote = folder.WriteScript("remote", $"'{Tool.Ours}' --server 2>server.err; echo $? >server.status");

        var result = await folder.RunAsync(program, [.. Split(options), Tool.Quote(remote), "local.img", device.Path]);

        result.ShouldExitWith(6).ShouldExplainItselfBriefly();
        Assert.Equal("6\n"u8, folder.Read("server.status"));
        Assert.Empty(folder.Read("server.err"));
        (await folder.RunAsync(Tool.Ours, ["--patch"], result.Output)).ShouldExitWith(2);
    }

    // The system takes the data into its cache; the error shows when it is to be on stable storage.
    [Fact]
    public async Task A_patcher_whose_device_cannot_store_the_data_does_not_report_success()
    {
        LoopDevice.Require();
        using var folder = new WorkFolder();
        await using var small = await MountPoint.MountAsync(folder, "small", "-t", "tmpfs", "-o", "size=1m", "none");
        using (var file = File.Create(Path.Combine(small.Path, "device.img")))
        {
            file.SetLength(Length);
        }

        await using var device = await LoopDevice.AttachAsync(folder, "small/device.img");
        var patch = new RawPatch(Length, device.Path);
        for (var offset = 0; offset < Length; offset += 32768)
        {
            patch.Record(offset, Noise(32768));
        }

        var result = await folder.RunAsync(Tool.Ours, ["--patch"], patch.End());

        result.ShouldExitWith(9).ShouldExplainItselfBriefly();
        Assert.Contains(device.Path, result.Errors, StringComparison.Ordinal);
        Assert.Contains("neither in its old nor in its new state", result.Errors, StringComparison.Ordinal);
    }

    private static string[] Split(string options) => options.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<LoopDevice> CreateUnreadableAsync(WorkFolder folder)
    {
        var device = await LoopDevice.CreateAsync(folder, "device.img", Noise(Length));
        using var file = File.OpenWrite(folder["device.img"]);
        file.SetLength(Readable);
        return device;
    }

    private static byte[] Noise(int length)
    {
        var data = new byte[length];
        new Random(1).NextBytes(data);
        return data;
    }
}
