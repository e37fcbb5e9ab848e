using System.Globalization;
using BdSync.Protocol;

namespace BdSync.Lvm.Changes;

/// <summary>The device of an active thin pool, as the kernel's admin guide has it (device-mapper/thin-provisioning). It has at most one metadata snapshot.</summary>
internal sealed class ThinPoolDevice(LvmTool tool, VolumeName name)
{
    private const string DeviceMapper = "dmsetup";

    /// <summary>In the line of a status, behind start, length, target, transaction and what is used of metadata and data: the held root, or a dash.</summary>
    private const int HeldRootField = 6;

    private readonly string device = name.MapperPath + "-tpool";

    public VolumeName Name { get; } = name;

    /// <summary>The device with the metadata.</summary>
    public string MetadataPath { get; } = new VolumeName(name.Group, name.Name + "_tmeta").MapperPath;

    public Task ReserveAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return RunAsync(["message", device, "0", "reserve_metadata_snap"], true, CancellationToken.None);
    }

    public Task ReleaseAsync() => RunAsync(["message", device, "0", "release_metadata_snap"], true, CancellationToken.None);

    /// <summary>Releases the metadata snapshot if there is one. A failure is logged: it must not hide the error before it, and the next use begins with this, too.</summary>
    public async Task TryReleaseAsync()
    {
        try
        {
            if (await ReadMetadataSnapshotAsync(CancellationToken.None).ConfigureAwait(false) is not null)
            {
                await ReleaseAsync().ConfigureAwait(false);
            }
        }
        catch (LvmException exception)
        {
            tool.Logger.ReleaseFailed(Name, exception.Message);
        }
    }

    /// <summary>The block in which the metadata snapshot starts; null where there is none.</summary>
    public async Task<string?> ReadMetadataSnapshotAsync(CancellationToken cancellationToken)
    {
        var status = await RunAsync(["status", device], false, cancellationToken).ConfigureAwait(false);
        var fields = status.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > HeldRootField && fields[2] == "thin-pool"
            ? fields[HeldRootField] is "-" ? null : fields[HeldRootField]
            : throw new LvmException($"The thin pool {Name} is in no state to be asked: '{status.Trim()}'.");
    }

    /// <summary>Compares two volumes in the metadata snapshot.</summary>
    public Task<IReadOnlyList<Extent>> CompareAsync(long firstId, long secondId, CancellationToken cancellationToken)
    {
        // --metadata-snap may have a number behind it, and takes the next word for that unless it is an option.
        string[] words = ["--metadata-snap", "--thin1", Format(firstId), "--thin2", Format(secondId), MetadataPath];
        return tool.ReadProgramAsync("thin_delta", words, ThinDelta.Read, cancellationToken);
    }

    private async Task<string> RunAsync(string[] words, bool isChange, CancellationToken cancellationToken)
    {
        var result = await tool.RunProgramAsync(DeviceMapper, words, isChange, cancellationToken).ConfigureAwait(false);
        return result.ExitStatus == 0 ? result.Output : throw new LvmException($"ended with exit status {result.ExitStatus}", [DeviceMapper, .. words], result);
    }

    private static string Format(long number) => number.ToString(CultureInfo.InvariantCulture);
}
