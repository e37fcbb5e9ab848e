using BdSync.Cli.CommandLine;
using BdSync.Cli.Output;
using BdSync.Cli.Patches;
using BdSync.Protocol;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Patching;
using Microsoft.Win32.SafeHandles;

namespace BdSync.Cli.Commands;

/// <summary><c>bdsync --patch[=DEVICE]</c></summary>
internal static class PatchCommand
{
    /// <param name="options">The command line.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="patch">The patch; null for standard input.</param>
    /// <param name="open">Opens the target; null where any is allowed.</param>
    /// <param name="undoFolder">What leads to the folder of the file for undoing whatever becomes of its path; null for the path itself.</param>
    public static async Task<int> RunAsync(
        StockOptions options, CancellationToken cancellationToken, Stream? patch = null, Func<string, WritableDevice>? open = null, string? undoFolder = null)
    {
        var logger = new TextLogger<BdSyncPatcher>(Verbosity.ToLogLevel(options.Verbosity), (_, message) => StandardError.WriteLine(message));
        var patcher = new BdSyncPatcher(options.Patcher, logger);
        using var handle = new SafeFileHandle(0, ownsHandle: false);
        await using var standardInput = patch is null ? new FileStream(handle, FileAccess.Read, bufferSize: 0) : null;
        var input = patch ?? standardInput!;
        var result = await ApplyAsync();
        if (result.Checksum is { } checksum)
        {
            StandardError.WriteLine($"checksum[{checksum.Name}]: {checksum.DigestText}");
        }

        return 0;

        async Task<PatchResult> ApplyAsync()
        {
            if (options.UndoPath is { } undoPath)
            {
                return await new UndoablePatching(patcher, OpenTarget, StandardError.WriteLine).ApplyAsync(input, undoPath, cancellationToken, undoFolder);
            }

            await using var plain = await CompressedPatch.OpenReadAsync(input, cancellationToken);
            return await patcher.ApplyAsync(plain, OpenTarget, cancellationToken);
        }

        WritableDevice OpenTarget(PatchHeader header)
        {
            if (options.WarnOfDevice && options.PatchDevice is { } device && device != header.DeviceName)
            {
                StandardError.WriteLine($"Warning: different device names parameter={device} data={header.DeviceName}");
            }

            var path = options.PatchDevice ?? header.DeviceName;
            return open is null ? WritableLocalDevice.Open(path, options.Force, options.Direct) : open(path);
        }
    }
}
