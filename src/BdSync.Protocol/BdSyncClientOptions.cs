using BdSync.Protocol.Hashing;
using BdSync.Protocol.Planning;
using BdSync.Protocol.Sessions;
using Microsoft.Extensions.Logging;

namespace BdSync.Protocol;

/// <summary>How a client compares. Immutable; the defaults are the C tool's.</summary>
public sealed record BdSyncClientOptions
{
    /// <summary>How many servers may share the work.</summary>
    public const int MaxChannels = 64;

    /// <summary>How often in a row a connection may be opened again.</summary>
    public const int MaxRetries = 1000;

    /// <summary>The size of a block in bytes: 1 to 2147483647, with <see cref="TwoPass"/> to 33554431. Default 4096.</summary>
    public int BlockSize { get; init; } = 4096;

    /// <summary>
    /// The digest of a block: one of OpenSSL's names, or, where the peer is BdSync as well, xxh128 or xxh64. Null, the default, for
    /// xxh128 between BdSync peers and md5 with a C tool. <c>auto</c> is the same, but measures what is fastest with a C tool.
    /// </summary>
    public string? Digest { get; init; }

    /// <summary>
    /// The digest of the checksum over the source device that the patch will carry, by any of OpenSSL's names, which is also
    /// the name in the patch. Null, the default, for none.
    /// </summary>
    public string? Checksum { get; init; }

    /// <summary>Compare blocks of 64 times the size first, and the small ones only in those that differ. Default false.</summary>
    public bool TwoPass { get; init; }

    /// <summary>Write the remote device's data into the patch instead of the local device's: the patch is for the local device. Default false.</summary>
    public bool RemoteData { get; init; }

    /// <summary>What to do where the sizes differ. Default <see cref="SizePolicy.Strict"/>.</summary>
    public SizePolicy SizePolicy { get; init; } = SizePolicy.Strict;

    /// <summary>Log a warning where the sizes differ. <see cref="SizePolicy.Strict"/> always does. Default false.</summary>
    public bool WarnOfSizes { get; init; }

    /// <summary>Hash a block of zeros once only; for sparse devices. Default false.</summary>
    public bool ZeroBlocks { get; init; }

    /// <summary>Have both sides drop the page cache behind every read. Default false.</summary>
    public bool FlushCache { get; init; }

    /// <summary>Use a salt of zeros, so that two runs exchange the same bytes; for tests. Default false: 32 random bytes.</summary>
    public bool FixedSalt { get; init; }

    /// <summary>How many threads hash at the same time: at least 1. Default: one per processor.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How many servers share the work where the client opens the connections itself: 1 to 64. The patch is the same whatever their number. Default 1.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>
    /// How often in a row a connection that broke, or whose peer is silent for too long, is opened again where the client opens the connections
    /// itself: 0 to 1000. An answer starts the count anew. Default 0.
    /// </summary>
    public int Retries { get; init; }

    /// <summary>How long to wait before a connection is opened again: 0 to a minute. It doubles with each attempt in a row, up to a minute. Default one second.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The extents that may differ, in bytes, in any order; null, the default, for the whole device. Nothing else is read on either side: what lies outside
    /// is taken to be equal, and stays different where it is not. Where one device is longer, what the other one doesn't have is compared in any case. Not with
    /// <see cref="Checksum"/>, which covers the whole device.
    /// </summary>
    public IReadOnlyList<Extent>? Extents { get; init; }

    /// <summary>
    /// Compare only some blocks, chosen at random anew for each comparison, in one pass; null, the default, for all. Nothing else is read on either side. Not with <see cref="Extents"/> or <see cref="Checksum"/>.
    /// <see cref="SampleProof"/> says what that proves.
    /// </summary>
    public BlockSample? Sample { get; init; }

    /// <summary>
    /// How long a server may take for an answer, counted from when its request was sent or, where that is later, from the answer before: above 0, up to a day. One that takes longer ends the session with
    /// <see cref="BdSyncExitStatus.Connection"/>, and the connection isn't opened again; the time for opening one again counts, too. <see cref="Timeout.InfiniteTimeSpan"/>, the default, for no limit.
    /// </summary>
    public TimeSpan AnswerLimit { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Whether the last block is compared only as far as both devices go; for a patch it is compared as the C tool does.</summary>
    internal bool EndsExactly { get; private init; }

    /// <summary>The extents that have to be compared; null for all.</summary>
    internal IReadOnlyList<Extent>? GetExtents(SyncSizes sizes)
    {
        // The block in which the shorter device ends is compared with padding: it is one of those that differ.
        var start = Math.Max(sizes.CommonLength - 1, 0);
        return Extents is null || sizes.IsEqual ? Extents : [.. Extents, new(start, sizes.ComparedLength - start)];
    }

    /// <summary>The same for a comparison that says where something differs, with or without a patch that mends it.</summary>
    internal BdSyncClientOptions ForComparison(bool withPatch) => this with
    {
        Checksum = null,
        RemoteData = RemoteData && withPatch,
        SizePolicy = withPatch ? SizePolicy.Resize : SizePolicy.MinSize,
        EndsExactly = !withPatch,
    };

    /// <summary>Applies the size policy to two devices.</summary>
    /// <exception cref="SizeMismatchException">The policy refuses.</exception>
    internal SyncSizes ResolveSizes(long localLength, long remoteLength, ILogger logger)
    {
        var (source, target) = RemoteData ? (remoteLength, localLength) : (localLength, remoteLength);
        var sizes = SyncSizes.Resolve(SizePolicy, source, target);
        if (localLength != remoteLength && WarnOfSizes && sizes is not null)
        {
            logger.SizesDiffer(localLength, remoteLength);
        }

        return sizes ?? throw new SizeMismatchException($"Different sizes local={localLength} remote={remoteLength}");
    }

    /// <summary>Checks the options.</summary>
    /// <exception cref="BdSyncException">A number is out of range (<see cref="BdSyncExitStatus.Parameters"/>).</exception>
    /// <exception cref="DigestException">A digest is unknown or refused.</exception>
    internal void Validate()
    {
        var maxBlockSize = BlockPlanner.GetMaxBlockSize(TwoPass);
        if (BlockSize < 1 || BlockSize > maxBlockSize)
        {
            throw new BdSyncException(
                BdSyncExitStatus.Parameters, $"The block size is {BlockSize}; 1 to {maxBlockSize} bytes are allowed{(TwoPass ? " with two passes" : "")}.");
        }

        if (Threads < 1)
        {
            throw new BdSyncException(BdSyncExitStatus.Parameters, $"The number of threads is {Threads}; at least 1 is needed.");
        }

        CheckRange(Channels, 1, MaxChannels, "number of channels");
        CheckRange(Retries, 0, MaxRetries, "number of retries");
        CheckRange(AnswerLimit == Timeout.InfiniteTimeSpan ? 1 : AnswerLimit.TotalSeconds, 0.001, 86400, "limit for an answer in seconds");
        CheckRange(RetryDelay.TotalSeconds, 0, 60, "delay before a retry in seconds");
        if (Digest is not null and not SessionDigests.Auto)
        {
            _ = DigestAlgorithm.Get(Digest, BdSyncExitStatus.Parameters);
        }

        if (Checksum is not null)
        {
            _ = DigestAlgorithm.GetChecksum(Checksum);
        }

        CheckExtents();
    }

    private void CheckExtents()
    {
        if (Sample is not null && (Extents is not null || Checksum is not null))
        {
            throw new BdSyncException(BdSyncExitStatus.Parameters, $"A sample is taken of the whole device: it does not go with {(Extents is null ? "a checksum" : "extents")}.");
        }

        if (Extents is not null && Checksum is not null)
        {
            throw new BdSyncException(BdSyncExitStatus.Parameters, "A checksum covers the whole device: it can't be had of some extents.");
        }

        if (Extents?.FirstOrDefault(extent => extent.Offset < 0 || extent.Length < 0 || extent.Length > long.MaxValue - extent.Offset) is { } wrong && wrong != default)
        {
            throw new BdSyncException(
                BdSyncExitStatus.Parameters, $"An extent of {wrong.Length} bytes at offset {wrong.Offset} is no part of any device; both have to be at least 0, and the sum at most {long.MaxValue}.");
        }
    }

    private static void CheckRange(double value, double minimum, double maximum, string what)
    {
        if (value < minimum || value > maximum)
        {
            throw new BdSyncException(BdSyncExitStatus.Parameters, FormattableString.Invariant($"The {what} is {value}; {minimum} to {maximum} are allowed."));
        }
    }
}
