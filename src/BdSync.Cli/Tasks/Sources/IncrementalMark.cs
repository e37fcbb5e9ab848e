using System.Globalization;

namespace BdSync.Cli.Tasks.Sources;

/// <summary>
/// That a task's target was equal to its source, in a tag of LVM: on the snapshot that was kept of it, or with dm-era on the source itself. It goes before the target is written to. So where there is none,
/// nothing is known.
/// </summary>
/// <param name="Owner">Which task it is of (<see cref="TargetIdentity.Hash"/> of its name).</param>
/// <param name="Origin">The uuid of the source.</param>
/// <param name="Target">What the target was known by (<see cref="TargetIdentity"/>).</param>
/// <param name="SourceLength">The source's size in bytes.</param>
/// <param name="TargetLength">The target's size in bytes, when all was applied.</param>
/// <param name="Runs">How many runs there were since the last one that compared everything, which counts: at least 1.</param>
/// <param name="Position">Where the history of changes goes on (<see cref="ChangeHistory.Position"/>).</param>
internal sealed record IncrementalMark(string Owner, string Origin, string Target, long SourceLength, long TargetLength, int Runs, string Position)
{
    private const string Start = "bdsync.synced=1:";

    /// <summary>The tag.</summary>
    public string Tag => string.Create(CultureInfo.InvariantCulture, $"{Start}{Owner}:{Origin}:{Target}:{SourceLength}:{TargetLength}:{Runs}:{Position}");

    /// <summary>Reads a tag; null where it is another one.</summary>
    public static IncrementalMark? TryParse(string tag) =>
        tag.StartsWith(Start, StringComparison.Ordinal)
        && tag[Start.Length..].Split(':') is [var owner, var origin, var target, var sourceLength, var targetLength, var runs, var position]
        && TryParseNumber(sourceLength) is { } source
        && TryParseNumber(targetLength) is { } reached
        && TryParseNumber(runs) is > 0 and <= int.MaxValue and var count
            ? new(owner, origin, target, source, reached, (int)count, position)
            : null;

    private static long? TryParseNumber(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
