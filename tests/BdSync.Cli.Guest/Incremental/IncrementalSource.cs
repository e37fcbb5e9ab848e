using System.Security.Cryptography;
using BdSync.Lvm.Guest;

namespace BdSync.Cli.Guest.Incremental;

/// <summary>The source of an <see cref="IncrementalTask"/>: how it is written to, and what the task's runs keep beside it for the next one.</summary>
/// <param name="path">The device that the task copies.</param>
/// <param name="usedPath">The device that is written to in its place.</param>
public abstract class IncrementalSource(string path, string usedPath)
{
    /// <summary>Its size in bytes.</summary>
    public const int Length = 8 * Machine.Megabyte;

    /// <summary>What <see cref="Write"/> counts in, in bytes.</summary>
    public const int Block = 4096;

    /// <summary>The device that the task copies.</summary>
    public string Path { get; } = path;

    /// <summary>The device that is written to, and read by who wants to know what is there.</summary>
    public string UsedPath { get; } = usedPath;

    /// <summary>The settings of the task that are about its source.</summary>
    public abstract string Settings { get; }

    /// <summary>Fails where a run that came to a good end has left something else than what the next one needs.</summary>
    public abstract Task AssertKeptAsync();

    /// <summary>Takes away what the last run has kept.</summary>
    public abstract Task ForgetAsync();

    /// <summary>What a run says that finds nothing kept.</summary>
    public abstract string NothingKept { get; }

    /// <summary>Writes random blocks, and returns when the device has them.</summary>
    /// <param name="first">The first block.</param>
    /// <param name="count">How many.</param>
    public void Write(int first, int count)
    {
        using var device = new FileStream(UsedPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        device.Position = (long)first * Block;
        device.Write(RandomNumberGenerator.GetBytes(count * Block));
        device.Flush(flushToDisk: true);
    }

    /// <summary>Discards blocks. It does nothing where the device has no such thing.</summary>
    /// <param name="first">The first block.</param>
    /// <param name="count">How many.</param>
    public virtual Task DiscardAsync(int first, int count) => Task.CompletedTask;
}
