using BdSync.Protocol.Wire;
using BdSync.Protocol.Wire.Messages;
using FsCheck;
using FsCheck.Fluent;

namespace BdSync.Protocol.Tests.Wire;

/// <summary>Any message that may be sent.</summary>
internal static class WireGenerators
{
    private const string NameCharacters = "abcdefghijklmnopqrstuvwxyzäöü€0123456789-/ ";

    public static Arbitrary<IMessage> Messages() => Arb.From(Gen.OneOf(
        Text(0, 100).Select(role => Box(new Hello(role.Replace(" ", "", StringComparison.Ordinal)))),
        Text(2, 1000).Select(path => Box(new DevFile(path))),
        Length().Select(length => Box(new Size(length))),
        from salt in Bytes(0, 127)
        from digest in Text(0, 40)
        from checksum in Text(0, 40)
        select Box(new Digests(salt, digest, checksum)),
        GetHashes().Select(Box),
        from request in GetHashes()
        from digests in Bytes(0, 5000)
        select Box(new Hashes(request, digests)),
        Gen.Constant(Box(default(Done))),
        from position in Number()
        from length in Number()
        select Box(new GetBlock(position, length)),
        from position in Number()
        from data in Bytes(1, 5000)
        select Box(new Block(position, data)),
        Gen.Constant(Box(default(GetChecksum))),
        Bytes(0, 64).Select(digest => Box(new Checksum(digest)))));

    private static Gen<GetHashes> GetHashes() =>
        from start in Number()
        from step in Number()
        from count in Number()
        select new GetHashes(start, step, count);

    private static IMessage Box<T>(T message)
        where T : struct, IMessage => message;

    private static Gen<long> Number() => Gen.OneOf(
        Gen.Choose(0, int.MaxValue).Select(value => (long)value), Gen.Elements(0, 1, -1, long.MinValue, long.MaxValue), Gen.Choose(int.MinValue, int.MaxValue).Select(value => (long)value << 31));

    private static Gen<long> Length() => Number().Select(value => value & long.MaxValue);

    private static Gen<string> Text(int minLength, int maxLength) =>
        from length in Gen.Choose(minLength, maxLength)
        from text in Gen.ArrayOf(Gen.Elements(NameCharacters.ToCharArray()), length)
        select new string(text);

    private static Gen<ReadOnlyMemory<byte>> Bytes(int minLength, int maxLength) =>
        from length in Gen.Choose(minLength, maxLength)
        from seed in Gen.Choose(0, int.MaxValue)
        select (ReadOnlyMemory<byte>)Create(length, seed);

    private static byte[] Create(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
