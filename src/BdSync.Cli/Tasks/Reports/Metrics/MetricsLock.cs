using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using BdSync.Cli.Tasks.Running;

namespace BdSync.Cli.Tasks.Reports.Metrics;

/// <summary>Keeps two runs from changing one metrics file at once: a lock on a file of <see cref="LockFolder"/>, which stays.</summary>
internal static class MetricsLock
{
    /// <summary>errno EWOULDBLOCK (asm-generic/errno-base.h), which .NET passes on as HResult: somebody else has the lock.</summary>
    private const int IsHeld = 11;

    /// <summary>Far more than writing the file takes.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits for the lock, and takes it.</summary>
    /// <param name="path">The metrics file.</param>
    /// <returns>The lock, which ends when it is disposed of.</returns>
    /// <exception cref="IOException">Others keep it too long, or the lock file can't be opened.</exception>
    /// <exception cref="TaskException">There is no place for lock files.</exception>
    public static IDisposable Acquire(string path)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalPath.Get(path))).AsSpan(0, 16));
        var lockPath = Path.Combine(LockFolder.Prepare(), $"metrics-{name}");
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                // FileShare.None is flock(2) with LOCK_EX | LOCK_NB.
                return new FileStream(lockPath, new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                });
            }
            catch (IOException exception) when (exception.HResult == IsHeld && Stopwatch.GetElapsedTime(start) < Limit)
            {
                Thread.Sleep(Interval);
            }
        }
    }
}
