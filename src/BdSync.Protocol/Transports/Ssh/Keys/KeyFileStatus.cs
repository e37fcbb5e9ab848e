using System.ComponentModel;
using System.Runtime.InteropServices;

namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>Who owns a key file, and who may use it. .NET doesn't say whose a file is.</summary>
/// <remarks>struct statx (linux/stat.h), which has the same layout on every architecture; only the fields that are needed.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal partial struct KeyFileStatus
{
    /// <summary>What a group and others may do: none of it is allowed with a private key of the user's own, as with ssh(1).</summary>
    private const int OthersMask = 0x3F;

    private const int PermissionsMask = 0x1FF;

    /// <summary>S_IFMT and S_IFREG (linux/stat.h).</summary>
    private const int TypeMask = 0xF000;

    private const int RegularFile = 0x8000;

    /// <summary>AT_FDCWD (fcntl.h).</summary>
    private const int CurrentDirectory = -100;

    /// <summary>STATX_BASIC_STATS (linux/stat.h).</summary>
    private const uint BasicStats = 0x7ff;

    [FieldOffset(20)]
    private readonly uint owner;

    [FieldOffset(28)]
    private readonly ushort mode;

    /// <summary>Whether it is a file with content: reading from a pipe might never end.</summary>
    public readonly bool IsRegularFile => (mode & TypeMask) == RegularFile;

    /// <summary>Asks for the state of what a path leads to, symbolic links followed.</summary>
    /// <exception cref="IOException">The system doesn't say.</exception>
    public static KeyFileStatus Get(string path) =>
        StatX(CurrentDirectory, path, 0, BasicStats, out var status) == 0 ? status : throw new IOException(new Win32Exception(Marshal.GetLastPInvokeError()).Message);

    /// <summary>Why a private key with this path must not be used.</summary>
    /// <returns>A sentence, with what to do; null where nothing is wrong.</returns>
    public readonly string? FindFault(string path) =>
        owner == GetEffectiveUser() && (mode & OthersMask) != 0
            ? $"The key file {path} has mode {FormatMode(mode & PermissionsMask)}, and others than you may use it; it must be {FormatMode(mode & PermissionsMask & ~OthersMask)}: "
                + $"run chmod go= '{path.Replace("'", @"'\''", StringComparison.Ordinal)}'."
            : null;

    private static string FormatMode(int permissions) => Convert.ToString(permissions, 8).PadLeft(4, '0');

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, out KeyFileStatus status);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();
}
