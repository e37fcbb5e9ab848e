using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.LoopDevices;

/// <summary>A mounted file system in a folder of a test's folder, unmounted in any case.</summary>
internal sealed class MountPoint : IAsyncDisposable
{
    private readonly WorkFolder folder;
    private bool frozen;

    private MountPoint(WorkFolder folder, string path)
    {
        this.folder = folder;
        Path = path;
    }

    public string Path { get; }

    /// <summary>Mounts what mount(8) is told to.</summary>
    public static async Task<MountPoint> MountAsync(WorkFolder folder, string name, params IEnumerable<string> arguments)
    {
        Directory.CreateDirectory(folder[name]);
        (await folder.RunAsync("mount", [.. arguments, folder[name]])).ShouldExitWith(0);
        return new(folder, folder[name]);
    }

    /// <summary>Has the file system bring the device up to date and change nothing.</summary>
    public async Task FreezeAsync()
    {
        (await folder.RunAsync("fsfreeze", ["--freeze", Path])).ShouldExitWith(0);
        frozen = true;
    }

    public async Task ThawAsync()
    {
        frozen = false;
        (await folder.RunAsync("fsfreeze", ["--unfreeze", Path])).ShouldExitWith(0);
    }

    public async ValueTask DisposeAsync()
    {
        if (frozen)
        {
            await ThawAsync();
        }

        (await folder.RunAsync("umount", [Path])).ShouldExitWith(0);
    }
}
