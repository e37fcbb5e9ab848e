using System.Runtime.InteropServices;

namespace BdSync.Perf;

/// <summary>getrusage(2).</summary>
internal static partial class ResourceUsage
{
    private const int Children = -1;

    /// <summary>Processor time of all children that have ended, and of theirs.</summary>
    public static TimeSpan GetChildrenTime()
    {
        Span<long> usage = stackalloc long[18];
        return GetUsage(Children, usage) == 0
            ? TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3])
            : throw new InvalidOperationException("getrusage failed.");
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, Span<long> usage);
}
