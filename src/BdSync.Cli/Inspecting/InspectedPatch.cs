using BdSync.Cli.Maps;
using BdSync.Cli.Patches;
using BdSync.Protocol;
using BdSync.Protocol.Patching;

namespace BdSync.Cli.Inspecting;

/// <summary>What is known of one patch file.</summary>
/// <param name="Path">The file as the command line names it; <c>-</c> for standard input.</param>
internal sealed record InspectedPatch(string Path)
{
    public PatchCompression Compression { get; init; }

    /// <summary>What is in it; null where it can't be read.</summary>
    public PatchSummary? Summary { get; init; }

    /// <summary>How many bytes follow the patch's end, at least where <see cref="PatchInspection.MaxFollowingLength"/> is reached; null where that isn't known. Applying ignores them.</summary>
    public long? FollowingLength { get; init; }

    /// <summary>Where the changes lie; null where the header isn't whole.</summary>
    public DeviceCells? Cells { get; init; }

    /// <summary>Why it can't be read, a sentence; null where it can.</summary>
    public string? ReadError { get; init; }

    /// <summary>What is the matter with it, as an exit status.</summary>
    public BdSyncExitStatus Status { get; init; }
}
