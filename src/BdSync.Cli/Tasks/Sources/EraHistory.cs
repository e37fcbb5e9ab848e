using System.Globalization;
using BdSync.Lvm;
using BdSync.Protocol;

namespace BdSync.Cli.Tasks.Sources;

/// <summary>
/// A device of dm-era above the source notes what is written. The mark, a tag of the source itself, says in which era this run's snapshot was taken, and on which device: one that was made anew has not seen
/// what was written before.
/// </summary>
/// <param name="tool">LVM.</param>
/// <param name="start">The era of this run.</param>
/// <param name="origin">The source.</param>
/// <param name="kept">A snapshot that a run without dm-era has kept; null for none.</param>
internal sealed class EraHistory(LvmTool tool, EraStart start, LogicalVolume origin, Snapshot? kept) : ChangeHistory
{
    public override LogicalVolume? Holder => origin;

    public override string Position => string.Create(CultureInfo.InvariantCulture, $"{start.DeviceIdentity}.{start.Era}");

    public override string? FindDoubt() => start.Doubt;

    public override string? FindDoubt(IncrementalMark mark) => TryGetEra(mark) switch
    {
        null => "the era device was made anew since the run before, or is another one.",
        var era when era > start.Era => "the era device has begun anew.",
        _ => null,
    };

    public override Task<IReadOnlyList<Extent>> FindAsync(IncrementalMark mark, CancellationToken cancellationToken) => start.FindWritesAsync(TryGetEra(mark)!.Value, cancellationToken);

    public override async Task KeepAsync(string tag)
    {
        await (kept?.RemoveAsync(CancellationToken.None) ?? Task.CompletedTask);
        if (start.Doubt is null)
        {
            await tool.RunAsync(LvmCommands.AddTag(origin.FullName, tag), CancellationToken.None);
        }
    }

    private long? TryGetEra(IncrementalMark mark) =>
        mark.Position.Split('.') is [var identity, var text] && identity == start.DeviceIdentity && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var era) ? era : null;
}
