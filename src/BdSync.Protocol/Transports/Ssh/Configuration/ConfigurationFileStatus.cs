using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>Whose a file is and who may write it: struct statx (linux/stat.h), which has the same layout on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal partial struct ConfigurationFileStatus
{
    [FieldOffset(20)]
    public uint UserId;

    [FieldOffset(28)]
    public ushort Mode;

    /// <summary>S_IFMT (linux/stat.h).</summary>
    private const int TypeMask = 0xF000;

    /// <summary>S_IWGRP | S_IWOTH (linux/stat.h).</summary>
    private const int OthersWrite = 0x12;

    /// <summary>AT_FDCWD (fcntl.h).</summary>
    private const int CurrentDirectory = -100;

    /// <summary>AT_EMPTY_PATH (fcntl.h).</summary>
    private const int EmptyPath = 0x1000;

    /// <summary>STATX_BASIC_STATS (linux/stat.h).</summary>
    private const uint BasicStats = 0x7ff;

    public readonly bool IsRegularFile => (Mode & TypeMask) == 0x8000;

    public readonly bool IsDirectory => (Mode & TypeMask) == 0x4000;

    /// <summary>Whether somebody other than its owner may write it.</summary>
    public readonly bool IsWritableByOthers => (Mode & OthersWrite) != 0;

    /// <summary>Asks for the state of what a path leads to, symbolic links followed.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Get(string path, out ConfigurationFileStatus status) =>
        StatX(CurrentDirectory, path, 0, BasicStats, out status) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Asks for the state of an open file.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Get(SafeFileHandle handle, out ConfigurationFileStatus status) =>
        StatXOfHandle(handle, "", EmptyPath, BasicStats, out status) == 0 ? 0 : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, out ConfigurationFileStatus status);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatXOfHandle(SafeFileHandle directory, string path, int flags, uint mask, out ConfigurationFileStatus status);
}
