using BdSync.Protocol;
using BdSync.Protocol.Planning;

namespace BdSync.TestUtilities;

/// <summary>
/// The patch that the specification asks for, computed the simple way: both devices in memory, block by block, byte by byte. It
/// uses nothing of the library but its options.
/// </summary>
public static class ReferencePatch
{
    private const int MaxRecordLength = 32768;

    /// <summary>Computes the patch, or null where the size policy refuses.</summary>
    /// <param name="options">How to compare; of checksums it knows md5, sha1, sha256 and sha512.</param>
    /// <param name="source">The device whose data goes into the patch.</param>
    /// <param name="target">The device that the patch is for.</param>
    /// <param name="targetName">The name in the patch.</param>
    public static byte[]? Compute(BdSyncClientOptions options, byte[] source, byte[] target, string targetName)
    {
        if (options.SizePolicy == SizePolicy.Strict && source.Length != target.Length)
        {
            return null;
        }

        var patchLength = source.Length;
        if (options.SizePolicy == SizePolicy.MinSize)
        {
            // As the C tool: the client's device is cut to what both have, the server's is not. A last block that is padded on
            // one side only differs.
            patchLength = Math.Min(source.Length, target.Length);
            (source, target) = options.RemoteData ? (source, target[..patchLength]) : (source[..patchLength], target);
        }

        var patch = new RawPatch(patchLength, targetName);
        for (long block = 0; block < patchLength; block += options.BlockSize)
        {
            if (Enumerable.Range(0, options.BlockSize).All(index => At(source, block + index) == At(target, block + index)))
            {
                continue;
            }

            var end = Math.Min(block + options.BlockSize, patchLength);
            for (var position = block; position < end; position += MaxRecordLength)
            {
                patch.Record(position, source.AsSpan((int)position, (int)Math.Min(MaxRecordLength, end - position)));
            }
        }

        return options.Checksum is { } name ? patch.End(name, ComputeChecksum(options, source, target.Length, name)) : patch.End();
    }

    // Over the compared range in whole steps of the first pass, with zeros behind the end of the device.
    private static byte[] ComputeChecksum(BdSyncClientOptions options, byte[] source, int targetLength, string name)
    {
        var compared = options.SizePolicy == SizePolicy.MinSize ? Math.Min(source.Length, targetLength) : Math.Max(source.Length, targetLength);
        var step = options.TwoPass ? 64L * options.BlockSize : options.BlockSize;
        var steps = (compared + step - 1) / step;
        var covered = new byte[steps * step];
        source.AsSpan(0, (int)Math.Min(source.Length, covered.Length)).CopyTo(covered);
        return ReferenceDigest.Compute(name, covered);
    }

    private static byte At(byte[] device, long offset) => offset < device.Length ? device[offset] : (byte)0;
}
