using BdSync.Lvm;
using BdSync.Lvm.Changes;
using BdSync.Protocol;

namespace BdSync.Cli.Tasks.Sources;

/// <summary>The era that a run begins before its snapshot is taken: whatever the snapshot lacks is written in this era or later. Immutable.</summary>
internal sealed class EraStart
{
    private readonly EraDevice? device;

    private EraStart(EraDevice? device, long era, string? doubt)
    {
        this.device = device;
        Era = era;
        Doubt = doubt;
    }

    /// <summary>The era's number.</summary>
    public long Era { get; }

    /// <summary>Why there is none, as a clause with a stop; null where there is one.</summary>
    public string? Doubt { get; }

    /// <summary>What tells the device from others, as hexadecimal digits.</summary>
    public string DeviceIdentity => device is null ? "" : TargetIdentity.Hash(device.Identity);

    /// <summary>Begins an era. Where that can't be, the run is to compare everything, and does not fail.</summary>
    /// <param name="tool">LVM.</param>
    /// <param name="path">The device of dm-era.</param>
    /// <param name="origin">The source, which has to be the volume below it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<EraStart> BeginAsync(LvmTool tool, string path, LogicalVolume origin, CancellationToken cancellationToken)
    {
        try
        {
            var device = await EraDevice.OpenAsync(tool, path, cancellationToken);
            return device.IsAbove(origin)
                ? new(device, await device.BeginEraAsync(cancellationToken), null)
                : new(null, 0, $"{path} does not lie above all of {origin.FullName} (lvm_era_device).");
        }
        catch (BdSyncException exception)
        {
            return new(null, 0, exception.Message);
        }
    }

    /// <summary>Finds what was written in an era and since.</summary>
    /// <exception cref="LvmException">It can't be found out.</exception>
    public Task<IReadOnlyList<Extent>> FindWritesAsync(long era, CancellationToken cancellationToken) => device!.FindWritesAsync(era, cancellationToken);
}
