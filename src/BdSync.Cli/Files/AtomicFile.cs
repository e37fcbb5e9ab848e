using System.Runtime.InteropServices;

namespace BdSync.Cli.Files;

/// <summary>
/// Files that are written whole or not at all: under another name in the same folder, flushed, and renamed. Whoever reads the file sees the old or the new content, after a power cut, too.
/// </summary>
internal static class AtomicFile
{
    /// <summary>errno ENOENT and EINVAL (asm-generic/errno-base.h).</summary>
    private const int NotFound = 2, NotSupported = 22;

    /// <summary>What all may read, as far as the folder lets them.</summary>
    public const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Finds out whether a file can be written, and leaves all as it is.</summary>
    /// <param name="path">The file, which need not be there; a symbolic link leads to it.</param>
    /// <exception cref="IOException">It can't.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't.</exception>
    public static void Check(string path)
    {
        var (target, mode) = Resolve(path, Readable);
        var draft = GetDraft(target);
        Create(draft, mode).Dispose();
        File.Delete(draft);
    }

    /// <summary>Writes a file. One that is there keeps its permissions, and is as it was where this fails.</summary>
    /// <param name="path">The file; a symbolic link leads to it.</param>
    /// <param name="content">What to write.</param>
    /// <param name="mode">The permissions of a new one, less the umask.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode = Readable)
    {
        var (target, permissions) = Resolve(path, mode);
        var draft = GetDraft(target);
        try
        {
            using (var stream = Create(draft, permissions))
            {
                stream.Write(content);
                ThrowFor(StableStorage.Flush(stream.SafeFileHandle), draft);
            }

            File.Move(draft, target, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }

        // Some file systems can't flush a folder.
        var error = StableStorage.FlushFolder(Path.GetDirectoryName(target)!);
        ThrowFor(error == NotSupported ? 0 : error, target);
    }

    // In place of a device or a pipe a file would be put.
    private static (string Path, UnixFileMode Mode) Resolve(string path, UnixFileMode mode)
    {
        var target = FollowLinks(Path.GetFullPath(path));
        var error = FileStatus.Get(target, out var status);
        if (error == NotFound)
        {
            return (target, mode);
        }

        ThrowFor(error, target);
        return status.IsRegularFile ? (target, status.Permissions) : throw new IOException($"{path} is no regular file.");
    }

    private static string FollowLinks(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (FileNotFoundException)
        {
            return path;
        }
    }

    private static string GetDraft(string target) => Path.Combine(Path.GetDirectoryName(target)!, $".bdsync-{Path.GetRandomFileName()}.tmp");

    private static FileStream Create(string path, UnixFileMode mode) =>
        new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = mode });

    private static void ThrowFor(int error, string path)
    {
        if (error != 0)
        {
            throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{path}'", error);
        }
    }
}
