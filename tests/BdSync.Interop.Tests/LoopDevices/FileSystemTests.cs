using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.LoopDevices;

/// <summary>A file system in use is copied to another device and is whole there.</summary>
public class FileSystemTests
{
    private const int Length = 32 * 1024 * 1024;

    [Theory]
    [InlineData(Implementation.Ours, Implementation.Ours, "--checksum=sha256")]
    [InlineData(Implementation.Ours, Implementation.Ours, "--twopass --flushcache --zeroblocks")]
    [InlineData(Implementation.Ours, Implementation.Stock, "--hash=sha1")]
    [InlineData(Implementation.Stock, Implementation.Ours, "--twopass")]
    public async Task A_mounted_file_system_and_then_its_changes_arrive_whole(Implementation client, Implementation server, string options)
    {
        LoopDevice.Require();
        var (program, serverCommand) = (Tool.Require(client), Tool.ServerCommand(server));
        using var folder = new WorkFolder();
        folder.Write("source.img", new byte[Length]);
        (await folder.RunAsync("mkfs.ext4", ["-q", "source.img"])).ShouldExitWith(0);
        await using var source = await LoopDevice.AttachAsync(folder, "source.img");
        await using var target = await LoopDevice.CreateAsync(folder, "target.img", new byte[Length]);
        await using var mount = await MountPoint.MountAsync(folder, "mounted", source.Path);

        WriteFiles(mount.Path, seed: 1);
        var first = await CopyAsync(folder, mount, [program, .. options.Split(' '), serverCommand, source.Path, target.Path]);
        await CheckAsync(folder, mount, target);

        File.Delete(Path.Combine(mount.Path, "folder 3", "file 1"));
        File.WriteAllText(Path.Combine(mount.Path, "folder 1", "new"), "new");
        var second = await CopyAsync(folder, mount, [program, .. options.Split(' '), serverCommand, source.Path, target.Path]);
        await CheckAsync(folder, mount, target);

        Assert.True(second < first / 4, $"The first patch has {first} bytes, the second {second}.");
    }

    private static async Task<long> CopyAsync(WorkFolder folder, MountPoint mount, string[] command)
    {
        await mount.FreezeAsync();
        var patch = (await folder.RunAsync(command[0], command[1..])).ShouldExitWith(0).Output;
        await mount.ThawAsync();
        (await folder.RunAsync(Tool.Ours, ["--patch"], patch)).ShouldExitWith(0);
        return patch.Length;
    }

    private static async Task CheckAsync(WorkFolder folder, MountPoint original, LoopDevice copy)
    {
        (await folder.RunAsync("e2fsck", ["-f", "-n", copy.Path])).ShouldExitWith(0);
        await using var mount = await MountPoint.MountAsync(folder, "copy", "-o", "ro,noload", copy.Path);
        (await folder.RunAsync("diff", ["--recursive", original.Path, mount.Path])).ShouldExitWith(0);
    }

    private static void WriteFiles(string root, int seed)
    {
        var random = new Random(seed);
        for (var folder = 0; folder < 8; folder++)
        {
            var path = Directory.CreateDirectory(Path.Combine(root, $"folder {folder}")).FullName;
            for (var file = 0; file < 16; file++)
            {
                var data = new byte[random.Next(200_000)];
                random.NextBytes(data);
                File.WriteAllBytes(Path.Combine(path, $"file {file}"), data);
            }
        }
    }
}
