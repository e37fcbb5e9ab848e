using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BdSync.Cli.Files;

/// <summary>What a path leads to: struct statx (linux/stat.h), only the fields that are needed.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly partial struct FileStatus
{
    /// <summary>S_IFMT, S_IFDIR, S_IFBLK and S_IFREG (linux/stat.h).</summary>
    private const int TypeMask = 0xF000, FolderType = 0x4000, BlockDeviceType = 0x6000, FileType = 0x8000;

    /// <summary>S_IWGRP | S_IWOTH (linux/stat.h).</summary>
    private const int OthersMayWrite = 0x12;

    /// <summary>AT_FDCWD, AT_SYMLINK_NOFOLLOW, AT_EMPTY_PATH (fcntl.h) and STATX_BASIC_STATS (linux/stat.h).</summary>
    private const int CurrentDirectory = -100, NoFollow = 0x100, EmptyPath = 0x1000, BasicStats = 0x7ff;

    [FieldOffset(20)]
    private readonly uint owner;

    [FieldOffset(28)]
    private readonly ushort mode;

    /// <summary>The owner's number.</summary>
    public uint Owner => owner;

    public bool IsFolder => (mode & TypeMask) == FolderType;

    public bool IsBlockDevice => (mode & TypeMask) == BlockDeviceType;

    public bool IsRegularFile => (mode & TypeMask) == FileType;

    /// <summary>Whether its mode lets others than the owner write.</summary>
    public bool IsWritableByOthers => (mode & OthersMayWrite) != 0;

    /// <summary>Permissions, for a new file that takes its place.</summary>
    public UnixFileMode Permissions => (UnixFileMode)(mode & 0x1ff);

    /// <summary>Looks at a path; a symbolic link is not followed.</summary>
    /// <param name="path">The path.</param>
    /// <param name="status">What was found.</param>
    /// <returns>errno; 0 where it succeeds.</returns>
    public static int Get(string path, out FileStatus status) =>
        StatX(CurrentDirectory, path, NoFollow, BasicStats, out status) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Looks at what is open.</summary>
    /// <param name="file">A descriptor, also one of O_PATH.</param>
    /// <param name="status">What was found.</param>
    /// <returns>errno; 0 where it succeeds.</returns>
    public static int Get(SafeFileHandle file, out FileStatus status) =>
        StatX((int)file.DangerousGetHandle(), "", EmptyPath, BasicStats, out status) == 0 ? 0 : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, out FileStatus status);
}
