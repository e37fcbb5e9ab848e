using System.Runtime.InteropServices;
using System.Text;

namespace BdSync.Lvm;

/// <summary>The system calls that .NET does not offer. Constants are Linux's.</summary>
internal static partial class SystemCalls
{
    /// <summary>SIGTERM (signal.h).</summary>
    private const int Terminate = 15;

    /// <summary>PATH_MAX (linux/limits.h), with the byte at the end.</summary>
    private const int MaxPathLength = 4096;

    /// <summary>The absolute path behind all symbolic links, those of folders included, which .NET does not follow.</summary>
    /// <returns>Null where it leads nowhere.</returns>
    public static unsafe string? TryGetRealPath(string path)
    {
        var buffer = stackalloc byte[MaxPathLength];
        return GetRealPath(path, buffer) is null ? null : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(buffer));
    }

    /// <summary>Asks a process to end.</summary>
    public static void AskToEnd(int processId) => _ = Kill(processId, Terminate);

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial byte* GetRealPath(string path, byte* resolved);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
