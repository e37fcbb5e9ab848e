using System.Runtime.InteropServices;

namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>A user as the system's user database has it: getpwuid(3).</summary>
internal sealed partial record UserAccount(uint Id, string Name, string HomeFolder)
{
    /// <summary>More than any entry has; sysconf(_SC_GETPW_R_SIZE_MAX) says 1024.</summary>
    private const int BufferLength = 65536;

    /// <summary>The user who runs this program, by the real user id, as ssh(1) asks for it.</summary>
    /// <exception cref="TransportException">The database doesn't have it (<see cref="BdSyncExitStatus.Connection"/>).</exception>
    public static unsafe UserAccount GetCurrent()
    {
        var id = GetUserId();
        var buffer = new byte[BufferLength];
        fixed (byte* start = buffer)
        {
            var error = GetEntry(id, out var entry, start, BufferLength, out var result);
            return error == 0 && result != 0
                ? new(id, Marshal.PtrToStringUTF8(entry.Name) ?? "", Marshal.PtrToStringUTF8(entry.HomeFolder) ?? "/")
                : throw new TransportException(
                    BdSyncExitStatus.Connection,
                    $"The user {id} that runs this program is not in the user database (error {error}), so no home is known; add the user to /etc/passwd.");
        }
    }

    [LibraryImport("libc", EntryPoint = "getuid")]
    private static partial uint GetUserId();

    [LibraryImport("libc", EntryPoint = "getpwuid_r")]
    private static unsafe partial int GetEntry(uint id, out Entry entry, byte* buffer, nint length, out nint result);

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
