using BdSync.Cli.CommandLine;
using BdSync.Cli.Output;
using BdSync.Protocol;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Patching;
using Microsoft.Win32.SafeHandles;

namespace BdSync.Cli.Commands;

/// <summary><c>bdsync --patch[=DEVICE]</c></summary>
internal static class PatchCommand
{
    public static async Task<int> RunAsync(StockOptions options, CancellationToken cancellationToken)
    {
        var logger = new TextLogger<BdSyncPatcher>(Verbosity.ToLogLevel(options.Verbosity), (_, message) => StandardError.WriteLine(message));
        using var handle = new SafeFileHandle(0, ownsHandle: false);
        await using var input = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        var result = await new BdSyncPatcher(options.Patcher, logger).ApplyAsync(input, Open, cancellationToken);
        if (result.Checksum is { } checksum)
        {
            StandardError.WriteLine($"checksum[{checksum.Name}]: {checksum.DigestText}");
        }

        return 0;

        WritableDevice Open(PatchHeader header)
        {
            if (options.WarnOfDevice && options.PatchDevice is { } device && device != header.DeviceName)
            {
                StandardError.WriteLine($"Warning: different device names parameter={device} data={header.DeviceName}");
            }

            return WritableLocalDevice.Open(options.PatchDevice ?? header.DeviceName, options.Force, options.Direct);
        }
    }
}
