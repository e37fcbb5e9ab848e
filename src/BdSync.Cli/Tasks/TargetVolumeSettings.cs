namespace BdSync.Cli.Tasks;

/// <summary>What may be done to make a target that is a logical volume fit its source.</summary>
/// <param name="Create">Create it in the source's size where it is missing.</param>
/// <param name="Resize">Make it larger where it is smaller than the source.</param>
/// <param name="Shrink">Make it smaller, when all has been applied, where it is larger.</param>
internal sealed record TargetVolumeSettings(bool Create, bool Resize, bool Shrink);
