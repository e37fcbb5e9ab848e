using BdSync.Protocol.Planning;

namespace BdSync.Protocol;

/// <summary>How a patch is applied. Immutable.</summary>
public sealed record BdSyncPatcherOptions
{
    /// <summary>What to do where patch and device differ in size. Default <see cref="SizePolicy.Strict"/>.</summary>
    public SizePolicy SizePolicy { get; init; } = SizePolicy.Strict;

    /// <summary>Log a warning where the sizes differ. <see cref="SizePolicy.Strict"/> always does. Default false.</summary>
    public bool WarnOfSizes { get; init; }
}
