using System.Runtime.InteropServices;
using System.Text;

namespace BdSync.Cli.Tasks.Running;

/// <summary>The one path among those that lead to a file.</summary>
internal static partial class CanonicalPath
{
    /// <summary>PATH_MAX (linux/limits.h), the size of a buffer for realpath(3).</summary>
    private const int MaxLength = 4096;

    /// <summary>Gets the absolute path without symbolic links, folders' included. What is not there may be at its end.</summary>
    /// <param name="path">The path.</param>
    public static string Get(string path)
    {
        var full = Path.GetFullPath(path);
        if (Resolve(full) is { } resolved)
        {
            return resolved;
        }

        var target = FollowLink(full);
        var folder = Path.GetDirectoryName(target);
        return folder is null ? target : Path.Combine(Resolve(folder) ?? folder, Path.GetFileName(target));
    }

    private static string FollowLink(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }

    private static string? Resolve(string path)
    {
        var buffer = new byte[MaxLength];
        return RealPath(path, buffer) == 0 ? null : Encoding.UTF8.GetString(buffer.AsSpan(0, buffer.AsSpan().IndexOf((byte)0)));
    }

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RealPath(string path, [Out] byte[] resolved);
}
