using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BdSync.Protocol.Devices;

/// <summary>The system calls that .NET does not offer for devices. Constants are Linux's (include/uapi), the same on all of .NET's architectures.</summary>
internal static partial class SystemCalls
{
    /// <summary>errno EBUSY: the device is in use (asm-generic/errno-base.h).</summary>
    public const int Busy = 16;

    /// <summary>errno EOPNOTSUPP: the file system can't do it (asm-generic/errno.h).</summary>
    public const int NotSupported = 95;

    /// <summary>O_RDWR | O_CLOEXEC (fcntl.h); O_EXCL without O_CREAT asks for exclusive use of a block device.</summary>
    public const int OpenReadWrite = 0x2 | 0x80000;

    /// <summary>O_RDONLY | O_CLOEXEC (fcntl.h).</summary>
    public const int OpenReadOnly = 0x80000;

    /// <summary>O_EXCL (fcntl.h).</summary>
    public const int OpenExclusive = 0x80;

    /// <summary>errno ENXIO: there is no data behind an offset (asm-generic/errno-base.h).</summary>
    public const int NoData = 6;

    /// <summary>SEEK_DATA (unistd.h).</summary>
    public const int SeekData = 3;

    /// <summary>SEEK_HOLE (unistd.h).</summary>
    public const int SeekHole = 4;

    /// <summary>POSIX_FADV_DONTNEED (fcntl.h).</summary>
    private const int AdviseDontNeed = 4;

    /// <summary>BLKGETSIZE64, _IOR(0x12, 114, size_t): the size of a block device in bytes (linux/fs.h).</summary>
    private const nuint GetBlockDeviceSize = 0x80081272;

    /// <summary>BLKROGET, _IO(0x12, 94): whether a block device is read-only (linux/fs.h).</summary>
    private const nuint GetReadOnly = 0x125e;

    /// <summary>AT_FDCWD (fcntl.h).</summary>
    private const int CurrentDirectory = -100;

    /// <summary>STATX_BASIC_STATS (linux/stat.h).</summary>
    private const uint BasicStats = 0x7ff;

    /// <summary>Asks for the state of what <paramref name="path"/> leads to, symbolic links followed.</summary>
    /// <returns>0, or the error number.</returns>
    public static int GetFileStatus(string path, out FileStatus status) =>
        StatX(CurrentDirectory, path, 0, BasicStats, out status) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>The size of an open block device in bytes.</summary>
    /// <returns>0, or the error number.</returns>
    public static int GetBlockDeviceLength(SafeFileHandle handle, out ulong length) =>
        IoControl(handle, GetBlockDeviceSize, out length) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Whether an open block device is set to read-only: the system lets it be opened for writing all the same.</summary>
    public static bool IsReadOnlyBlockDevice(SafeFileHandle handle) => IoControl(handle, GetReadOnly, out var value) == 0 && (uint)value != 0;

    /// <summary>Returns when everything written is on stable storage. RandomAccess.FlushToDisk passes over EIO.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Flush(SafeFileHandle handle) => Synchronize(handle) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Drops a part of the page cache; a length of 0 means up to the end. An error is of no interest: it is only advice.</summary>
    public static void DropCache(SafeFileHandle handle, long offset, long length) =>
        _ = FileAdvise(handle, offset, length, AdviseDontNeed);

    /// <summary>Finds data or a hole; moves the descriptor's position, which nobody uses.</summary>
    /// <returns>The offset, or -1 with the error number in <see cref="Marshal.GetLastPInvokeError"/>.</returns>
    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    public static partial long Seek(SafeFileHandle handle, long offset, int whence);

    /// <summary>Allocates space so that writing there can't fail for want of it, and extends the file to it.</summary>
    /// <returns>0, or the error number.</returns>
    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    public static partial int Allocate(SafeFileHandle handle, long offset, long length);

    /// <summary>Opens an existing file or device.</summary>
    /// <returns>The descriptor, or -1 with the error number in <see cref="Marshal.GetLastPInvokeError"/>.</returns>
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, out FileStatus status);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int IoControl(SafeFileHandle handle, nuint request, out ulong value);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronize(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int FileAdvise(SafeFileHandle handle, long offset, long length, int advice);
}
