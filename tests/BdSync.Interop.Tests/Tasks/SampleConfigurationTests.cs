using BdSync.Interop.Tests.LoopDevices;
using BdSync.Interop.Tests.Programs;
using BdSync.Interop.Tests.Ssh;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>A task file as administrators of bdsync-manager have it: each of that tool's keys but for LVM's, devices and files, this machine and another one.</summary>
public sealed class SampleConfigurationTests(SshHost host) : IClassFixture<SshHost>, IAsyncDisposable
{
    private const int VolumeLength = 1024 * 1024;

    private readonly TaskFolder folder = new();
    private readonly List<LoopDevice> volumes = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var volume in volumes)
        {
            await volume.DisposeAsync();
        }

        folder.Dispose();
    }

    [Theory]
    [InlineData("command", nameof(Implementation.Ours))]
    [InlineData("command", nameof(Implementation.Stock))]
    [InlineData("address", nameof(Implementation.Ours))]
    [InlineData("address", nameof(Implementation.Stock))]
    public async Task It_does_what_it_is_known_for(string connection, string remote)
    {
        LoopDevice.Require();
        var program = Tool.Require(Enum.Parse<Implementation>(remote));
        var content = folder.Devices.Source.AsMemory(0, VolumeLength);
        var source = await CreateVolumeAsync("volume", content);
        var target = await CreateVolumeAsync("replica", folder.Devices.Target.AsMemory(0, VolumeLength));
        var image = await CreateVolumeAsync("image-target", new byte[VolumeLength]);
        folder.Work.Write("image", content.Span);
        Directory.CreateDirectory(folder.Work["storage"]);
        folder.Work.Write("storage/from-volume", folder.Devices.Target);
        folder.Work.Write("storage/retired", [1]);
        folder.WriteConfiguration(
            $"""
            # What every task of this machine has in common.
            [DEFAULT]
            local_bdsync_bin = {Tool.Ours}
            remote_bdsync_bin = {program}
            {(connection == "command" ? $"connection_command = ssh -F {host.Configuration} -p {host.Server.Port} {SshHost.Name}" : $"connection = {SshHost.Address}")}
            target_patch_dir = {folder.Work["patches"]}
            bdsync_args: --diffsize=resize --twopass
              {(connection == "command" ? "--blocksize=8192" : $"--ssh-config={host.Configuration}")}
            bandwidth_limit = 100M
            storage = {folder.Work["storage"]}

            [volume to volume]
            source_path = {source.Path}
            target_path = {target.Path}

            ; The first copy: there is nothing yet that could be damaged.
            [first copy]
            Source_Path = {source.Path}
            target_path = %(storage)s/%(name)s
            name = 100%% new.img
            create_target_if_missing = YES
            apply_patch_in_place = on

            [file to volume]
            source_path = {folder.Work["image"]}
            target_path = {image.Path}

            [volume to file]
            source_path = {source.Path}
            target_path = %(storage)s/from-volume

            [copy on this machine]
            {(connection == "command" ? "connection_command" : "connection")} =
            bdsync_args = --diffsize=resize
            bandwidth_limit =
            source_path = {folder.Work["source"]}
            target_path = {folder.Work["target"]}

            [retired]
            source_path = {source.Path}
            target_path = %(storage)s/retired
            disabled = 1
            """);

        var first = (await folder.RunAsync()).ShouldExitWith(0);

        Assert.Equal($"[Task first copy] WARNING: Creating missing target file: {folder.Work["storage/100% new.img"]}\n", first.Errors);
        await target.ShouldContainAsync(content.ToArray());
        await image.ShouldContainAsync(content.ToArray());
        Assert.Equal(content.Span, folder.Work.Read("storage/100% new.img").AsSpan());
        Assert.Equal(content.Span, folder.Work.Read("storage/from-volume").AsSpan());
        Assert.Equal([1], folder.Work.Read("storage/retired"));
        folder.TargetShouldBeNew();
        Assert.Empty(folder.Patches);

        // The next night, of which the first copy is a part like the others.
        var changed = content.ToArray();
        changed.AsSpan(300_000, 5000).Clear();
        await using (var device = File.OpenWrite(source.Path))
        {
            device.Write(changed);
        }

        var second = (await folder.RunAsync("--log-level", "info")).ShouldExitWith(0);

        Assert.Contains("[Task retired] INFO: Skipping disabled task\n", second.Errors, StringComparison.Ordinal);
        Assert.Matches(@"\[Task first copy\] INFO: Change Apply Time: 0:\d\d:\d\d\.\d{6}\n", second.Errors);
        await target.ShouldContainAsync(changed);
        await image.ShouldContainAsync(content.ToArray());
        Assert.Equal(changed, folder.Work.Read("storage/100% new.img").AsSpan());
        Assert.Equal(changed, folder.Work.Read("storage/from-volume").AsSpan());
        Assert.Empty(folder.Patches);
    }

    private async Task<LoopDevice> CreateVolumeAsync(string name, ReadOnlyMemory<byte> content)
    {
        var volume = await LoopDevice.CreateAsync(folder.Work, name, content.Span);
        volumes.Add(volume);
        return volume;
    }
}
