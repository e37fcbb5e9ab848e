namespace BdSync.Lvm.Changes;

/// <summary>A kind of device whose metadata can be read while it is in use.</summary>
/// <param name="Target">What device-mapper calls it.</param>
/// <param name="ReserveMessage">The message that makes a metadata snapshot.</param>
/// <param name="ReleaseMessage">The message that lets go of it.</param>
internal sealed record MetadataKind(string Target, string ReserveMessage, string ReleaseMessage)
{
    /// <summary>A thin pool.</summary>
    public static readonly MetadataKind ThinPool = new("thin-pool", "reserve_metadata_snap", "release_metadata_snap");

    /// <summary>A device whose writes are noted by dm-era.</summary>
    public static readonly MetadataKind Era = new("era", "take_metadata_snap", "drop_metadata_snap");
}
