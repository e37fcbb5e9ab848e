using System.Buffers;
using System.Diagnostics;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Hashing;
using BdSync.Protocol.Wire.Messages;
using Microsoft.Extensions.Logging;

namespace BdSync.Protocol.Sessions;

/// <summary>
/// Finds the digest that is fastest on this pair of machines, by timing some MiB of the device: a C tool takes another digest at any
/// time. Processors with SHA instructions are faster at sha1 than at md5.
/// </summary>
internal sealed class DigestProbe(RemoteDeviceGroup remote, Device local, byte[] salt, int threads, ILogger logger)
{
    /// <summary>How much is hashed for a measurement, in bytes.</summary>
    private const int SampleLength = 4 * 1024 * 1024;

    /// <summary>The size of a block in bytes: the usual one.</summary>
    private const int BlockSize = 4096;

    /// <summary>A device that is smaller is done before a measurement pays, in bytes.</summary>
    private const long MinDeviceLength = 32L * SampleLength;

    /// <summary>Each measurement is made this often; the best counts.</summary>
    private const int Rounds = 2;

    private static readonly DigestAlgorithm[] Candidates = [DigestAlgorithm.Md5, DigestAlgorithm.Get("sha1"), DigestAlgorithm.Get("sha256")];

    public async Task<DigestAlgorithm> RunAsync(CancellationToken cancellationToken)
    {
        if (Math.Min(local.Length, remote.Length) < MinDeviceLength)
        {
            return DigestAlgorithm.Md5;
        }

        // The first request brings the data into the cache of the other side.
        await MeasureRemoteAsync(DigestAlgorithm.Md5, SampleLength, cancellationToken).ConfigureAwait(false);
        var best = (Algorithm: DigestAlgorithm.Md5, Time: TimeSpan.MaxValue);
        foreach (var algorithm in Candidates)
        {
            // What a tiny request takes is the line's doing, not the digest's.
            var latency = await MeasureRemoteAsync(algorithm, BlockSize, cancellationToken).ConfigureAwait(false);
            var remoteTime = await MeasureRemoteAsync(algorithm, SampleLength, cancellationToken).ConfigureAwait(false) - latency;
            var localTime = MeasureLocal(algorithm) / threads;
            logger.DigestMeasured(algorithm.Name, GetRate(localTime), GetRate(remoteTime));
            var time = remoteTime > localTime ? remoteTime : localTime;
            best = time < best.Time ? (algorithm, time) : best;
        }

        return best.Algorithm;
    }

    private static double GetRate(TimeSpan time) => time > TimeSpan.Zero ? SampleLength / time.TotalSeconds / 1e9 : double.PositiveInfinity;

    private async Task<TimeSpan> MeasureRemoteAsync(DigestAlgorithm algorithm, int length, CancellationToken cancellationToken)
    {
        await remote.First.SetDigestsAsync(new Digests(salt, algorithm.Name, ""), cancellationToken).ConfigureAwait(false);
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var digests = await remote.First.GetHashesAsync(new(0, BlockSize, length / BlockSize), algorithm.Size, cancellationToken).ConfigureAwait(false);
            var time = Stopwatch.GetElapsedTime(start);
            ArrayPool<byte>.Shared.Return(digests);
            best = time < best ? time : best;
        }

        return best;
    }

    private TimeSpan MeasureLocal(DigestAlgorithm algorithm)
    {
        using var hasher = new BlockHasher(new(algorithm, salt, ZeroBlocks: false));
        using var buffer = RangeBuffer.Rent();
        local.ReadPadded(0, buffer.Span);
        var digests = new byte[RangeBuffer.Size / BlockSize * algorithm.Size];
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            hasher.HashBlocks(buffer.Span, BlockSize, digests);
            var time = Stopwatch.GetElapsedTime(start) * (SampleLength / RangeBuffer.Size);
            best = time < best ? time : best;
        }

        return best;
    }
}
