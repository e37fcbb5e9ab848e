using BdSync.Interop.Tests.Programs;
using BdSync.TestUtilities;

namespace BdSync.Interop.Tests.LoopDevices;

/// <summary>Names in /dev are links, as those of volumes: a restricted key may use them where they stay in /dev and lead to a block device.</summary>
public sealed class RestrictedDeviceTests
{
    [Fact]
    public async Task A_link_in_dev_to_a_block_device_is_followed_and_no_other()
    {
        LoopDevice.Require();
        using var folder = new WorkFolder(inMemory: false);
        await using var device = await LoopDevice.CreateAsync(folder, "image", new byte[8192]);
        folder.Write("source", [.. Enumerable.Repeat((byte)7, 8192)]);
        using var group = new TemporaryFolder("/dev");
        File.CreateSymbolicLink(group.GetPath("data"), $"../{Path.GetFileName(device.Path)}");
        File.CreateSymbolicLink(group.GetPath("file"), folder["source"]);
        File.CreateSymbolicLink(group.GetPath("outside"), $"../..{folder["source"]}");
        File.CreateSymbolicLink(group.GetPath("null"), "../null");
        File.CreateSymbolicLink(folder["link"], device.Path);
        var restrict = $"env SSH_ORIGINAL_COMMAND=bdsync' '--server {Tool.Ours} restrict --write {group.FullPath}/* {folder["link"]}";

        var patch = (await folder.RunAsync(Tool.Ours, [restrict, "source", group.GetPath("data")])).ShouldExitWith(0).Output;
        (await folder.RunAsync("env", ["SSH_ORIGINAL_COMMAND=bdsync --patch", Tool.Ours, "restrict", "--write", $"{group.FullPath}/*"], patch)).ShouldExitWith(0);

        Assert.Equal(folder.Read("source"), await File.ReadAllBytesAsync(device.Path, TestContext.Current.CancellationToken));
        foreach (var path in new[] { group.GetPath("file"), group.GetPath("outside"), group.GetPath("null"), folder["link"] })
        {
            var refused = await folder.RunAsync(Tool.Ours, [restrict, "source", path]);
            Assert.Contains($"RMTERR: bdsync: Refused: {path} ", refused.ShouldExitWith(6).Errors, StringComparison.Ordinal);
        }
    }
}
