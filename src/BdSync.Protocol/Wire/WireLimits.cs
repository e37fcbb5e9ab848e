using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Wire;

/// <summary>The caps on what a peer may send. Each comes from docs/protocol.md; what exceeds one ends the session.</summary>
internal static class WireLimits
{
    /// <summary>The length field before every message, in bytes.</summary>
    public const int LengthSize = sizeof(uint);

    /// <summary>The largest message, token and payload, in bytes: the C tool refuses more.</summary>
    public const int MaxMessageLength = 131072;

    /// <summary>The three numbers before the digests of a Hashes message, in bytes.</summary>
    public const int HashesHeaderLength = 3 * sizeof(long);

    /// <summary>The longest data of one Block message, in bytes: what the largest message leaves behind token and position.</summary>
    public const int MaxBlockLength = MaxMessageLength - 1 - sizeof(long);

    /// <summary>The longest salt in bytes: the C tool crashes on more.</summary>
    public const int MaxSaltLength = 127;

    /// <summary>The longest path of a device in bytes: PATH_MAX of Linux without its NUL.</summary>
    public const int MaxPathLength = 4095;

    /// <summary>The shortest path of a device in bytes: the C tool refuses less.</summary>
    public const int MinPathLength = 2;

    /// <summary>The longest Hello in bytes: a line that a person could read.</summary>
    public const int MaxHelloLength = 1024;

    /// <summary>The longest name of a digest in bytes; no digest has as long a name.</summary>
    public const int MaxDigestNameLength = 127;

    /// <summary>The largest step of a GetHashes in bytes; larger ones crash the C tool.</summary>
    public const int MaxStep = BlockPlanner.MaxBlockSize;

    /// <summary>
    /// How far behind the end of the device a checksum may be asked to run with one GetHashes, in bytes: more than any C client
    /// asks for, and a bound on the work that a few bytes from a peer can cause.
    /// </summary>
    public const long MaxChecksumPadding = 64L * 1024 * 1024 * 1024;

    /// <summary>The largest count of a GetHashes whose answer fits into a message.</summary>
    /// <remarks>The C tool's own formula, without the token; its server answers one byte more than its client takes.</remarks>
    public static int GetMaxHashesCount(int digestSize) => (MaxMessageLength - 1 - HashesHeaderLength) / digestSize;
}
