using System.Globalization;
using BdSync.Protocol;
using BdSync.Protocol.Devices;

namespace BdSync.Lvm.Changes;

/// <summary>
/// A device of dm-era, which lies above a volume and notes in which era each of its blocks was written last (the kernel's admin guide, device-mapper/era). Needs dmsetup(8), and era_invalidate(8) of the
/// thin-provisioning-tools. Safe for several threads.
/// </summary>
public sealed class EraDevice
{
    private const int SectorSize = 512;

    private const string Program = "era_invalidate";

    /// <summary>Changes when the machine is started.</summary>
    private const string BootIdPath = "/proc/sys/kernel/random/boot_id";

    /// <summary>Where a status has the current era.</summary>
    private const int EraField = 5;

    private readonly LvmTool tool;
    private readonly string metadataPath;
    private readonly string originPath;

    private EraDevice(LvmTool tool, string path, EraTable table, string identity)
    {
        this.tool = tool;
        Path = path;
        Length = checked(table.Sectors * SectorSize);
        BlockLength = checked(table.BlockSectors * SectorSize);
        metadataPath = FindPath(table.Metadata);
        originPath = FindPath(table.Origin);
        Identity = identity;
    }

    /// <summary>The device: what is to be written to, in place of the volume below it.</summary>
    public string Path { get; }

    /// <summary>Its size in bytes.</summary>
    public long Length { get; }

    /// <summary>The size of a block in bytes.</summary>
    public long BlockLength { get; }

    /// <summary>A text that tells the device from one that is made later under the same name, or after a boot: such a one says nothing of what was written in between.</summary>
    public string Identity { get; }

    /// <summary>Finds a device.</summary>
    /// <param name="tool">LVM; runs dmsetup(8), too.</param>
    /// <param name="path">The device: <c>/dev/mapper/NAME</c>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="LvmException">It is no device of dm-era, or the kernel is older than 5.15 and can't tell it from others.</exception>
    public static async Task<EraDevice> OpenAsync(LvmTool tool, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tool);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var table = EraTable.TryParse(await MetadataSnapshot.RunAsync(tool, ["table", path], isChange: false, cancellationToken).ConfigureAwait(false))
            ?? throw new LvmException($"{path} is no device of dm-era with one table line.");
        string[] words = ["info", "--columns", "--noheadings", "--separator", ":", "--options", "major,minor", path];
        var number = (await MetadataSnapshot.RunAsync(tool, words, isChange: false, cancellationToken).ConfigureAwait(false)).Trim();
        try
        {
            return new(tool, path, table, $"{ReadText($"{GetFolder(number)}/diskseq")} {ReadText(BootIdPath)}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or OverflowException)
        {
            throw new LvmException($"{path} can't be told from other devices: {exception.Message}", exception);
        }
    }

    /// <summary>Whether it lies above a volume, and is as long: only then does it see what is written to that.</summary>
    /// <exception cref="DeviceException">One of them is gone.</exception>
    public bool IsAbove(LogicalVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return Length == volume.Length && LocalDevice.IsSameDevice(originPath, volume.Path);
    }

    /// <summary>Begins an era: whatever is written from now on is of this one, or of a later one.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The era's number.</returns>
    /// <exception cref="LvmException">The device is gone, or refuses.</exception>
    public async Task<long> BeginEraAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await MetadataSnapshot.SendAsync(tool, Path, "checkpoint").ConfigureAwait(false);
        var fields = await MetadataSnapshot.ReadStatusAsync(tool, MetadataKind.Era, Path, Path, cancellationToken).ConfigureAwait(false);
        return long.TryParse(fields[EraField], NumberStyles.None, CultureInfo.InvariantCulture, out var era)
            ? era
            : throw new LvmException($"The status of {Path} has '{fields[EraField]}' for an era.");
    }

    /// <summary>Finds what was written in an era and since.</summary>
    /// <param name="era">The era's number, from <see cref="BeginEraAsync"/>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The extents that may have been written, in bytes. The last may go beyond the device's end.</returns>
    /// <exception cref="LvmException">A program is missing or fails, what it says can't be understood, or somebody else has used the device's metadata snapshot meanwhile.</exception>
    public async Task<IReadOnlyList<Extent>> FindWritesAsync(long era, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(era);
        var snapshot = new MetadataSnapshot(tool, MetadataKind.Era, Path, metadataPath, Path);
        var takesBlock = await TakesBlockAsync(cancellationToken).ConfigureAwait(false);
        return await snapshot.ReadAsync(Program, GetWords, output => EraWrites.Read(output, BlockLength), cancellationToken).ConfigureAwait(false);

        string[] GetWords(string block) =>
            ["--metadata-snapshot", .. takesBlock ? new[] { block } : [], "--written-since", era.ToString(CultureInfo.InvariantCulture)];
    }

    // Version 0.9 finds the metadata snapshot by itself, and takes no block; 1.0 and later need it.
    private async Task<bool> TakesBlockAsync(CancellationToken cancellationToken)
    {
        var result = await tool.RunProgramAsync(Program, ["--version"], isChange: false, cancellationToken).ConfigureAwait(false);
        return Version.TryParse(result.Output.Trim(), out var version)
            ? version.Major >= 1
            : throw new LvmException("names no version", [Program, "--version"], result);
    }

    private static string GetFolder(string number) => $"/sys/dev/block/{number}";

    // uevent has lines NAME=VALUE.
    private static string FindPath(string number)
    {
        const string start = "DEVNAME=";
        var line = File.ReadLines($"{GetFolder(number)}/uevent").FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal));
        return line is null ? throw new IOException($"The device {number} has no name.") : $"/dev/{line[start.Length..]}";
    }

    private static string ReadText(string path) => File.ReadAllText(path).Trim();
}
