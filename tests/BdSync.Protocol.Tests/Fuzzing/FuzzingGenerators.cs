using BdSync.TestUtilities;
using FsCheck;
using FsCheck.Fluent;

namespace BdSync.Protocol.Tests.Fuzzing;

/// <summary>What a stranger may send.</summary>
internal static class FuzzingGenerators
{
    private static readonly string[] DigestNames = ["md5", "SHA256", "sm3", "md4", "nothing", ""];

    /// <summary>Messages that mean nothing, or nearly something.</summary>
    public static Gen<byte[]> Frames { get; } = Gen.ListOf(Gen.OneOf(
        from token in Gen.Choose(0, 13)
        from payload in InterestingNumbers.Bytes
        select RawMessage.Create((byte)token, payload.AsSpan(0, Math.Min(payload.Length, 131071))),
        from token in Gen.Choose(3, 11)
        from numbers in Gen.ListOf(InterestingNumbers.Any)
        from rest in Gen.Frequency((3, Gen.Constant(Array.Empty<byte>())), (1, InterestingNumbers.Bytes))
        select RawMessage.Create((byte)token, [.. numbers.Take(4).SelectMany(RawMessage.Number), .. rest.Take(1000)]),
        from start in InterestingNumbers.Any
        from step in InterestingNumbers.Any
        from count in InterestingNumbers.Any
        select RawMessage.GetHashes(start, step, count),
        from position in InterestingNumbers.Any
        from length in InterestingNumbers.Any
        select RawMessage.GetBlock(position, length),
        from digest in Gen.Elements(DigestNames)
        from checksum in Gen.Elements(DigestNames)
        from salt in InterestingNumbers.Bytes
        select RawMessage.Digests(digest, checksum, salt.AsSpan(0, Math.Min(salt.Length, 130))),
        InterestingNumbers.Any.Select(RawMessage.Size),
        Gen.Constant(RawMessage.Done()),
        Gen.Constant(RawMessage.GetChecksum()),
        from length in Gen.Elements(0u, 1u, 131072u, 131073u, uint.MaxValue)
        from token in Gen.Choose(0, 12)
        select RawMessage.WithLength(length, (byte)token))).Select(RawMessage.Join);

    /// <summary>What a client may send.</summary>
    public static Gen<byte[]> ClientInput { get; } = Gen.OneOf(
        InterestingNumbers.Bytes,
        Frames,
        Frames.Select(frames => RawMessage.Join(RawMessage.Hello(), RawMessage.DevFile("device"), frames)),
        Frames.Select(frames => RawMessage.Join(RawMessage.Hello(), RawMessage.DevFile("device"), RawMessage.Digests(), frames)),
        Frames.Select(frames => RawMessage.Join(RawMessage.Hello(), RawMessage.DevFile("device"), RawMessage.Digests("sha1", "md5", 1, 2, 3), frames)));

    /// <summary>What a server may send.</summary>
    public static Gen<byte[]> ServerInput { get; } = Gen.OneOf(
        InterestingNumbers.Bytes,
        Frames,
        Frames.Select(frames => RawMessage.Join(RawMessage.Hello("SERVER 0.5"), frames)),
        from size in InterestingNumbers.Any
        from frames in Frames
        select RawMessage.Join(RawMessage.Hello("SERVER 0.5"), RawMessage.Size(size), frames));

    /// <summary>What may be taken for a patch.</summary>
    public static Gen<byte[]> Patch { get; } = Gen.OneOf(
        InterestingNumbers.Bytes,
        from length in InterestingNumbers.Any
        from records in Gen.ListOf(Gen.Zip(InterestingNumbers.Any, InterestingNumbers.Bytes))
        from end in Gen.Elements(0, 1, 2)
        select CreatePatch(length, records, end));

    private static byte[] CreatePatch(long length, IEnumerable<(long Offset, byte[] Data)> records, int end)
    {
        var patch = new RawPatch(length);
        foreach (var (offset, data) in records)
        {
            patch.Record(offset, data.AsSpan(0, Math.Min(data.Length, ushort.MaxValue)));
        }

        return end switch { 0 => patch.ToArray(), 1 => patch.End(), _ => patch.End("md5", new byte[16]) };
    }
}
