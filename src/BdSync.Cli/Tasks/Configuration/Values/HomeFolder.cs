using System.Runtime.InteropServices;

namespace BdSync.Cli.Tasks.Configuration.Values;

/// <summary>Home folders of this machine, for paths that start with <c>~</c>.</summary>
internal static partial class HomeFolder
{
    /// <summary>More than any entry has; sysconf(_SC_GETPW_R_SIZE_MAX) says 1024.</summary>
    private const int BufferLength = 65536;

    /// <summary>Replaces <c>~</c> by the own home (HOME, else the user database) and <c>~user</c> by that user's; a user who is not known stays as it is.</summary>
    public static string Expand(string path)
    {
        if (!path.StartsWith('~'))
        {
            return path;
        }

        var end = path.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? slash : path.Length;
        var home = end == 1 ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify) : Find(path[1..end]);
        if (string.IsNullOrEmpty(home))
        {
            return path;
        }

        return $"{home.TrimEnd('/')}{path[end..]}" is { Length: > 0 } expanded ? expanded : "/";
    }

    private static unsafe string? Find(string user)
    {
        var buffer = new byte[BufferLength];
        fixed (byte* start = buffer)
        {
            return GetEntry(user, out var entry, start, BufferLength, out var result) == 0 && result != 0 ? Marshal.PtrToStringUTF8(entry.HomeFolder) : null;
        }
    }

    [LibraryImport("libc", EntryPoint = "getpwnam_r", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int GetEntry(string name, out Entry entry, byte* buffer, nint length, out nint result);

    /// <summary>struct passwd (pwd.h), as Linux's C libraries have it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Entry
    {
        public readonly nint Name;
        public readonly nint Password;
        public readonly uint UserId;
        public readonly uint GroupId;
        public readonly nint Comment;
        public readonly nint HomeFolder;
        public readonly nint Shell;
    }
}
