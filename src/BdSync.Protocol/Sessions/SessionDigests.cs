using BdSync.Protocol.Hashing;

namespace BdSync.Protocol.Sessions;

/// <summary>Which digest two peers take.</summary>
internal static class SessionDigests
{
    /// <summary>What this program can do beyond the C tool, for its Hello: the names of the digests.</summary>
    public static IEnumerable<string> Abilities { get; } = [.. DigestAlgorithm.Extensions.Select(algorithm => algorithm.Name)];

    /// <summary>What asks for a measurement where the peer is a C tool.</summary>
    public const string Auto = "auto";

    /// <summary>Decides on the digest of blocks.</summary>
    /// <param name="requested">What the user wants; null for the fastest that both peers are known to have, or <see cref="Auto"/>.</param>
    /// <param name="peerAbilities">What the peer says of itself.</param>
    /// <returns>The name, as it is sent; null where it takes a measurement.</returns>
    /// <exception cref="DigestException">The peer does not have it.</exception>
    public static string? Choose(string? requested, IReadOnlyList<string> peerAbilities)
    {
        if (requested is null or Auto)
        {
            return peerAbilities.Contains(DigestAlgorithm.XxHash128.Name) ? DigestAlgorithm.XxHash128.Name
                : requested is null ? DigestAlgorithm.Md5.Name
                : null;
        }

        var algorithm = DigestAlgorithm.Get(requested);
        return !algorithm.IsExtension || peerAbilities.Contains(algorithm.Name)
            ? requested
            : throw new DigestException(
                BdSyncExitStatus.Digest, $"The peer does not know the digest {algorithm}: it is the C tool's, or an older version. Nothing was compared. Use another one.");
    }
}
