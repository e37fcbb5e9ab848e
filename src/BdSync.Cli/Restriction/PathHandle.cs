using System.Runtime.InteropServices;
using BdSync.Cli.Files;
using Microsoft.Win32.SafeHandles;

namespace BdSync.Cli.Restriction;

/// <summary>
/// What a path led to when it was looked up, without having been opened for anything yet: whatever becomes of the path afterwards, <see cref="Path"/> is this. A path in /dev may go
/// over symbolic links that stay in /dev, as those of device-mapper do, to a block device; any other has none in it.
/// </summary>
internal sealed partial class PathHandle : IDisposable
{
    /// <summary>openat2, on every architecture (asm-generic/unistd.h).</summary>
    private const nint OpenAt2 = 437;

    /// <summary>AT_FDCWD (fcntl.h).</summary>
    private const int CurrentDirectory = -100;

    /// <summary>errno ENOENT, EXDEV, ENOSYS and ELOOP (asm-generic/errno.h).</summary>
    private const int NotFound = 2, Outside = 18, NoSuchCall = 38, Link = 40;

    private readonly SafeFileHandle handle;
    private readonly FileStatus status;

    private PathHandle(SafeFileHandle handle, FileStatus status)
    {
        this.handle = handle;
        this.status = status;
    }

    /// <summary>A path that leads to this, and to nothing else, until this is disposed of.</summary>
    public string Path => $"/proc/self/fd/{handle.DangerousGetHandle()}";

    public bool IsFolder => status.IsFolder;

    public bool IsRegularFile => status.IsRegularFile;

    public bool IsDevice => status.IsBlockDevice || status.IsRegularFile;

    /// <summary>Looks a path up.</summary>
    /// <param name="path">A <see cref="PlainPath"/>.</param>
    /// <returns>What is there; null for nothing.</returns>
    /// <exception cref="RestrictionException">A symbolic link is in it, or it can't be looked up.</exception>
    public static PathHandle? Find(string path)
    {
        var error = TryOpen(CurrentDirectory, path, OpenHow.NoLinks, out var found);
        if (error == Link && path.StartsWith(DeviceFolder.Path, StringComparison.Ordinal))
        {
            // What other users can write to in there, such as /dev/shm, are other file systems.
            Check(TryOpen(CurrentDirectory, DeviceFolder.Path, OpenHow.NoLinks, out var folder), DeviceFolder.Path);
            using (folder)
            {
                error = TryOpen((int)folder!.handle.DangerousGetHandle(), path[DeviceFolder.Path.Length..], OpenHow.Beneath | OpenHow.NoMagicLinks | OpenHow.NoOtherFileSystem, out found);
            }

            if (found is { status.IsBlockDevice: false })
            {
                found.Dispose();
                error = Link;
            }
        }

        if (error == NotFound)
        {
            return null;
        }

        Check(error, path);
        return found;
    }

    /// <summary>Makes an empty file for its owner only in this folder.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Whether there was nothing of that name, not even a link.</returns>
    /// <exception cref="IOException">It can't be made; also <see cref="UnauthorizedAccessException"/>.</exception>
    public bool TryCreateFile(string name)
    {
        var path = $"{Path}/{name}";
        try
        {
            new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
            return true;
        }
        catch (IOException) when (FileStatus.Get(path, out _) == 0)
        {
            return false;
        }
    }

    public void Dispose() => handle.Dispose();

    private static int TryOpen(int folder, string path, ulong resolve, out PathHandle? found)
    {
        found = null;
        var how = new OpenHow { Flags = OpenHow.Location, Resolve = resolve };
        var descriptor = SystemCall(OpenAt2, folder, path, ref how, (nint)Marshal.SizeOf<OpenHow>());
        if (descriptor < 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        var error = FileStatus.Get(handle, out var status);
        if (error == 0)
        {
            found = new(handle, status);
        }
        else
        {
            handle.Dispose();
        }

        return error;
    }

    private static void Check(int error, string path)
    {
        if (error != 0)
        {
            throw new RestrictionException(error switch
            {
                Link or Outside => $"{path} is not allowed: a symbolic link is in it, or it leaves /dev.",
                NoSuchCall => "Linux 5.6 is needed: this one can't look paths up safely.",
                _ => $"{path} can't be looked up: {Marshal.GetPInvokeErrorMessage(error)}.",
            });
        }
    }

    // Variadic in C; on Linux's ABIs integer and pointer arguments are passed the same way.
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint SystemCall(nint number, nint folder, string path, ref OpenHow how, nint size);
}
