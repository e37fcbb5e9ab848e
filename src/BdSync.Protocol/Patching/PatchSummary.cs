using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Patching;

/// <summary>What <see cref="PatchInspector"/> has found in a patch, up to its end or to where it is damaged. Immutable.</summary>
/// <param name="Header">Device name and size; null where not even the header is whole.</param>
/// <param name="RecordCount">How many records with data there are.</param>
/// <param name="Extents">What of the device they write to, in the order of the records.</param>
/// <param name="Checksum">The checksum that the patch carries; null for none, and where the patch is damaged.</param>
/// <param name="WholeLength">How many bytes of the patch are good: up to its end, or up to the end of the last whole part, header or record.</param>
/// <param name="Damage">A sentence that says what is wrong; null where the patch is whole. It may quote bytes of the patch, control characters included.</param>
public sealed record PatchSummary(
    PatchHeader? Header, long RecordCount, ExtentSummary Extents, PatchChecksum? Checksum, long WholeLength, string? Damage)
{
    /// <summary>Whether the patch is whole, so that it can be applied.</summary>
    public bool IsWhole => Damage is null;
}
