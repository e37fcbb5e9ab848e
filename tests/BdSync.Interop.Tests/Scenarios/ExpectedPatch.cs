using BdSync.Protocol.Hashing;
using BdSync.TestUtilities;

namespace BdSync.Interop.Tests.Scenarios;

/// <summary>
/// What a scenario's patch must be, from the words of the format and of the options alone: straightforward, in memory, and with
/// nothing in common with the program but its digests.
/// </summary>
internal sealed class ExpectedPatch
{
    private const int MaxRecord = 32768;

    private readonly List<(int Offset, byte[] Data)> records = [];
    private readonly int length;
    private readonly byte[] target;

    public ExpectedPatch(Scenario scenario, DevicePair devices)
    {
        (var source, target) = devices;
        var before = target;
        var compared = scenario.Policy == "minsize" ? Math.Min(source.Length, target.Length) : Math.Max(source.Length, target.Length);
        length = scenario.Policy == "minsize" ? compared : source.Length;

        // The server knows of no smaller size: what it has behind it counts where a block passes that size.
        (source, before) = scenario.RemoteData ? (source, Cut(before, compared)) : (Cut(source, compared), before);
        var blockSize = scenario.BlockSize ?? 4096;
        for (var offset = 0; offset < length; offset += blockSize)
        {
            if (!Block(source, offset, blockSize).AsSpan().SequenceEqual(Block(before, offset, blockSize)))
            {
                AddRecords(source, offset, Math.Min(offset + blockSize, length));
            }
        }

        if (scenario.Checksum is { } name)
        {
            var step = blockSize * (scenario.TwoPass ? 64 : 1);
            Checksum = (name, Digest(name, Block(source, 0, (compared + step - 1) / step * step)));
        }
    }

    public (string Name, byte[] Digest)? Checksum { get; }

    /// <summary>The patch file.</summary>
    /// <param name="device">The name of the device that it is for.</param>
    public byte[] ToBytes(string device)
    {
        var patch = new RawPatch(length, device);
        foreach (var (offset, data) in records)
        {
            patch.Record(offset, data);
        }

        return Checksum is var (name, digest) ? patch.End(name, digest) : patch.End();
    }

    /// <summary>What the target must be afterwards; null where the policy refuses.</summary>
    public byte[]? Apply(string policy)
    {
        if (policy == "strict" && target.Length != length)
        {
            return null;
        }

        var result = Block(target, 0, policy == "resize" ? length : target.Length);
        foreach (var (offset, data) in records)
        {
            data.AsSpan(0, Math.Clamp(result.Length - offset, 0, data.Length)).CopyTo(result.AsSpan(Math.Min(offset, result.Length)));
        }

        return result;
    }

    /// <summary>What applying it says.</summary>
    public string[] GetPatchMessages(Scenario scenario)
    {
        var refused = scenario.PatchPolicy == "strict" && target.Length != length;
        var warning = target.Length != length && (refused || scenario.PatchWarns) ? new[] { $"Different sizes current={target.Length} patch={length}" } : [];
        return Checksum is var (name, digest) && !refused ? [.. warning, $"checksum[{name}]: {Convert.ToHexStringLower(digest)}"] : warning;
    }

    private void AddRecords(byte[] source, int offset, int end)
    {
        for (; offset < end; offset += MaxRecord)
        {
            records.Add((offset, source[offset..Math.Min(offset + MaxRecord, end)]));
        }
    }

    private static byte[] Cut(byte[] data, int length) => data.Length > length ? data[..length] : data;

    // What lies behind the end counts as zeros.
    private static byte[] Block(byte[] data, int offset, int size)
    {
        var block = new byte[size];
        var start = Math.Min(offset, data.Length);
        data.AsSpan(start, Math.Min(size, data.Length - start)).CopyTo(block);
        return block;
    }

    private static byte[] Digest(string name, byte[] data)
    {
        using var digest = DigestAlgorithm.Get(name).Start();
        var result = new byte[digest.Size];
        digest.Append(data);
        digest.Finish(result);
        return result;
    }
}
