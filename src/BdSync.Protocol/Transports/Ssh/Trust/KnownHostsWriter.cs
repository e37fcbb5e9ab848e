using System.Buffers;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace BdSync.Protocol.Transports.Ssh.Trust;

/// <summary>Notes keys in a known_hosts file, as ssh(1) does. Names are written as they are, not hashed.</summary>
internal static partial class KnownHostsWriter
{
    private const UnixFileMode FileMode0600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode0700 = FileMode0600 | UnixFileMode.UserExecute;

    /// <summary>F_SETFL (fcntl.h).</summary>
    private const int SetStatusFlags = 4;

    /// <summary>O_APPEND (asm-generic/fcntl.h).</summary>
    private const int AppendFlag = 0x400;

    /// <summary>What has a meaning of its own in the names of a line: patterns, markers, hashed names, comments, quotes.</summary>
    private static readonly SearchValues<char> SpecialCharacters = SearchValues.Create("@?*!#|,'\"\\ \t");

    /// <summary>Whether a name can be written such that it is found again, and nothing else with it.</summary>
    public static bool IsWritable(string name) =>
        name.Length > 0 && !name.AsSpan().ContainsAny(SpecialCharacters) && !name.Any(char.IsControl) && !name.Any(char.IsWhiteSpace);

    /// <summary>
    /// Appends a line in one write at the end of the file, wherever that is by then, so that lines of programs that do so at the same time don't mix.
    /// The file and its folder are made where they don't exist, for the user alone.
    /// </summary>
    /// <exception cref="IOException">The line can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not write there.</exception>
    public static void Append(string path, string name, HostKey key)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            CreateFolder(folder);
        }

        using var stream = Open(path);
        var lineEnd = LacksLineEnd(stream) ? "\n" : "";
        if (OperatingSystem.IsLinux())
        {
            SetAppend(stream.SafeFileHandle);
        }

        stream.Write(Encoding.UTF8.GetBytes($"{lineEnd}{name} {key}\n"));
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, FolderMode0700);
        }
    }

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode0600;
        }

        return new FileStream(path, options);
    }

    // Leaves the position at the end.
    private static bool LacksLineEnd(FileStream stream)
    {
        // Not /dev/null, which is a way to say that nothing is to be kept.
        if (!stream.CanSeek || stream.Length == 0)
        {
            return false;
        }

        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() != '\n';
    }

    // With FileMode.Append .NET writes at the offset at which the end was when the file was opened.
    private static void SetAppend(SafeFileHandle handle)
    {
        if (FileControl(handle, SetStatusFlags, AppendFlag) < 0)
        {
            throw new IOException($"The file can't be set to append: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FileControl(SafeFileHandle handle, int command, nint argument);
}
