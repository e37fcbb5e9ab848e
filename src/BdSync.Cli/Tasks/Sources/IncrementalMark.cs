using System.Globalization;

namespace BdSync.Cli.Tasks.Sources;

/// <summary>
/// What a kept snapshot says of itself, in a tag of LVM: the target was equal to it when the tag was set, and the tag goes before the target is written to. So a
/// snapshot without one says nothing.
/// </summary>
/// <param name="Origin">The uuid of the volume that it is a snapshot of.</param>
/// <param name="Target">What the target was known by (<see cref="TargetIdentity"/>).</param>
/// <param name="SourceLength">The source's size in bytes.</param>
/// <param name="TargetLength">The target's size in bytes, when all was applied.</param>
/// <param name="Runs">How many runs there were since the last one that compared everything, which counts: at least 1.</param>
internal sealed record IncrementalMark(string Origin, string Target, long SourceLength, long TargetLength, int Runs)
{
    private const string Start = "bdsync.synced=1:";

    /// <summary>The tag.</summary>
    public string Tag => string.Create(CultureInfo.InvariantCulture, $"{Start}{Origin}:{Target}:{SourceLength}:{TargetLength}:{Runs}");

    /// <summary>Reads a tag; null where it is another one.</summary>
    public static IncrementalMark? TryParse(string tag) =>
        tag.StartsWith(Start, StringComparison.Ordinal)
        && tag[Start.Length..].Split(':') is [var origin, var target, var sourceLength, var targetLength, var runs]
        && TryParseNumber(sourceLength) is { } source
        && TryParseNumber(targetLength) is { } reached
        && TryParseNumber(runs) is > 0 and <= int.MaxValue and var count
            ? new(origin, target, source, reached, (int)count)
            : null;

    private static long? TryParseNumber(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
