using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BdSync.Cli.Files;

/// <summary>Waits until what was written is on stable storage. .NET's <c>FileStream.Flush(true)</c> passes over EIO, and opens no folders.</summary>
internal static partial class StableStorage
{
    /// <summary>O_RDONLY | O_CLOEXEC (fcntl.h).</summary>
    private const int OpenReadOnly = 0x80000;

    /// <summary>Flushes a file's content.</summary>
    /// <returns>errno; 0 where it succeeds.</returns>
    public static int Flush(SafeFileHandle file) => Synchronize(file) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Flushes the names in a folder.</summary>
    /// <returns>errno; 0 where it succeeds.</returns>
    public static int FlushFolder(string folder)
    {
        using var handle = new SafeFileHandle(Open(folder, OpenReadOnly), ownsHandle: true);
        return handle.IsInvalid ? Marshal.GetLastPInvokeError() : Flush(handle);
    }

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronize(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
