using BdSync.Protocol.Patching;

namespace BdSync.Protocol;

/// <summary>What applying a patch gave.</summary>
/// <param name="Header">What the patch says of its device.</param>
/// <param name="Checksum">The checksum that the patch carries, or null. It is over the source device; nothing has been compared with it.</param>
/// <param name="BytesWritten">How many bytes have been written to the target.</param>
public sealed record PatchResult(PatchHeader Header, PatchChecksum? Checksum, long BytesWritten);
