using BdSync.Cli.Maps;
using BdSync.Cli.Patches;
using BdSync.Protocol;
using BdSync.Protocol.Patching;
using Microsoft.Win32.SafeHandles;

namespace BdSync.Cli.Inspecting;

/// <summary>Looks through patch files: plain or compressed, whole or damaged, whatever their size. No file makes it fail.</summary>
internal static class PatchInspection
{
    /// <summary>What stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>How far it looks for what follows the end of a compressed patch, in bytes. Compressed data is known to be whole once its end has been seen.</summary>
    public const int MaxFollowingLength = 1024 * 1024;

    /// <summary>Looks through one.</summary>
    /// <param name="path">The file, or <see cref="StandardInput"/>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<InspectedPatch> InspectAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var handle = Open(path);
            await using var file = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            return await InspectAsync(path, file, cancellationToken);
        }
        catch (BdSyncException exception)
        {
            return new(path) { ReadError = exception.Message, Status = exception.ExitStatus };
        }
        catch (IOException exception)
        {
            return new(path) { ReadError = exception.Message, Status = BdSyncExitStatus.Read };
        }
    }

    /// <summary>Looks through one that is open.</summary>
    /// <param name="path">What it is called.</param>
    /// <param name="file">The patch, from its current position.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="BdSyncException">It can't be read.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static async Task<InspectedPatch> InspectAsync(string path, Stream file, CancellationToken cancellationToken)
    {
        var start = file.CanSeek ? file.Position : 0;
        await using var patch = await CompressedPatch.OpenReadAsync(file, cancellationToken, untilDamage: true);
        DeviceCells? cells = null;
        var summary = await PatchInspector.InspectAsync(
            patch,
            header =>
            {
                cells = new(header.DeviceLength);
                return cells.Add;
            },
            cancellationToken);
        long? following = null;
        if (summary.IsWhole && patch is DecompressingStream compressed)
        {
            (following, var damage) = await ReadFollowingAsync(compressed, summary.WholeLength, cancellationToken);
            summary = summary with { Damage = damage };
        }
        else if (summary.IsWhole && file.CanSeek)
        {
            following = Math.Max(0, file.Length - start - summary.WholeLength);
        }

        return new(path)
        {
            Compression = (patch as DecompressingStream)?.Compression ?? PatchCompression.None,
            Summary = summary,
            FollowingLength = following,
            Cells = cells,
            Status = summary.IsWhole ? BdSyncExitStatus.Success : BdSyncExitStatus.PatchFormat,
        };
    }

    private static SafeFileHandle Open(string path)
    {
        if (path == StandardInput)
        {
            return new SafeFileHandle(0, ownsHandle: false);
        }

        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BdSyncException(BdSyncExitStatus.Device, Directory.Exists(path) ? "It is a folder." : exception.Message, exception);
        }
    }

    // The reader of the patch has read ahead by some of it: only positions count.
    private static async Task<(long Length, string? Damage)> ReadFollowingAsync(DecompressingStream patch, long wholeLength, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (patch.Position - wholeLength < MaxFollowingLength && await patch.ReadAsync(buffer, cancellationToken) > 0)
            {
                // The position is what counts.
            }
        }
        catch (PatchException exception)
        {
            return (patch.Position - wholeLength, exception.Message);
        }

        return (patch.Position - wholeLength, null);
    }
}
