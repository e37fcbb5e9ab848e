using BdSync.Interop.Tests.Programs;
using BdSync.TestUtilities;

namespace BdSync.Interop.Tests.LoopDevices;

/// <summary>What is mounted or swapped to is not written to by mistake.</summary>
public class DeviceInUseTests
{
    private const int Length = 16 * 1024 * 1024;
    private const int Unused = Length - 512;

    [Fact]
    public async Task A_mounted_device_is_refused_with_its_mount_point_and_not_written_to()
    {
        LoopDevice.Require();
        using var folder = new WorkFolder();
        await using var device = await CreateFileSystemAsync(folder);
        await using var mount = await MountPoint.MountAsync(folder, "mounted", device.Path);

        var result = await folder.RunAsync(Tool.Ours, ["--patch"], CreatePatch(device));

        result.ShouldExitWith(12).ShouldExplainItselfBriefly();
        Assert.Contains($"{device.Path} is in use: mounted on {mount.Path}; nothing was written", result.Errors, StringComparison.Ordinal);

        // Not the rest: the file system may write there at any time.
        Assert.All((await device.ReadAsync())[Unused..], value => Assert.Equal(0, value));
    }

    [Fact]
    public async Task A_mounted_device_is_written_to_by_force()
    {
        LoopDevice.Require();
        using var folder = new WorkFolder();
        await using var device = await CreateFileSystemAsync(folder);
        await using var mount = await MountPoint.MountAsync(folder, "mounted", device.Path);

        (await folder.RunAsync(Tool.Ours, ["--patch", "--force"], CreatePatch(device))).ShouldExitWith(0);

        Assert.All((await device.ReadAsync())[Unused..], value => Assert.Equal(0xAA, value));
    }

    [Fact]
    public async Task A_mounted_device_may_be_read_by_both_sides()
    {
        LoopDevice.Require();
        using var folder = new WorkFolder();
        await using var device = await CreateFileSystemAsync(folder);
        await using var mount = await MountPoint.MountAsync(folder, "mounted", device.Path);

        (await folder.RunAsync(Tool.Ours, [Tool.ServerCommand(Implementation.Ours), device.Path, device.Path])).ShouldExitWith(0);
    }

    [Fact]
    public async Task A_swap_area_is_refused_by_name_and_not_written_to()
    {
        LoopDevice.Require();

        // Not in memory: a swap area there would be swapped to itself.
        using var folder = new WorkFolder(inMemory: false);
        await using var device = await LoopDevice.CreateAsync(folder, "device.img", new byte[Length]);
        (await folder.RunAsync("mkswap", [device.Path])).ShouldExitWith(0);
        TestEnvironment.Require((await folder.RunAsync("swapon", ["--priority", "0", device.Path])).ExitCode == 0, "This test needs a swap area.");
        ProgramResult result;
        try
        {
            result = await folder.RunAsync(Tool.Ours, ["--patch"], CreatePatch(device));
        }
        finally
        {
            (await folder.RunAsync("swapoff", [device.Path])).ShouldExitWith(0);
        }

        result.ShouldExitWith(12).ShouldExplainItselfBriefly();
        Assert.Contains($"{device.Path} is in use: swap area", result.Errors, StringComparison.Ordinal);
        Assert.All((await device.ReadAsync())[Unused..], value => Assert.Equal(0, value));
    }

    // The last sector is beyond what the file system or the swap area uses.
    private static byte[] CreatePatch(LoopDevice device)
    {
        var data = new byte[512];
        Array.Fill<byte>(data, 0xAA);
        return new RawPatch(Length, device.Path).Record(Unused, data).End();
    }

    private static async Task<LoopDevice> CreateFileSystemAsync(WorkFolder folder)
    {
        folder.Write("device.img", new byte[Length]);
        (await folder.RunAsync("mkfs.ext4", ["-q", "-b", "1024", "device.img", "16000k"])).ShouldExitWith(0);
        return await LoopDevice.AttachAsync(folder, "device.img");
    }
}
