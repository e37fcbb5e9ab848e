using System.Collections.Frozen;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;

namespace BdSync.Protocol.Hashing;

/// <summary>
/// A digest of the protocol. The names are OpenSSL's, which the C tool uses, with their aliases; case does not matter.
/// Immutable, so safe for several threads.
/// </summary>
public sealed class DigestAlgorithm
{
    /// <summary>The longest name of a checksum in bytes: the C tool takes no longer one, though the format has room for 255.</summary>
    public const int MaxNameLength = 127;

    /// <summary>The size in bytes of the largest digest, sha512's.</summary>
    public const int MaxSize = 64;

    private static readonly DigestAlgorithm[] Algorithms =
    [
        new("md5", 16, static () => new FrameworkDigest(HashAlgorithmName.MD5), "ssl3-md5", "RSA-MD5", "md5WithRSAEncryption", "1.2.840.113549.2.5"),
        new("sha1", 20, static () => new FrameworkDigest(HashAlgorithmName.SHA1), "SHA-1", "ssl3-sha1", "RSA-SHA1", "RSA-SHA1-2", "sha1WithRSAEncryption", "1.3.14.3.2.26"),
        new("sha224", 28, static () => new BouncyCastleDigest(new Sha224Digest()), "SHA-224", "SHA2-224", "RSA-SHA224", "sha224WithRSAEncryption", "2.16.840.1.101.3.4.2.4"),
        new("sha256", 32, static () => new FrameworkDigest(HashAlgorithmName.SHA256), "SHA-256", "SHA2-256", "RSA-SHA256", "sha256WithRSAEncryption", "2.16.840.1.101.3.4.2.1"),
        new("sha384", 48, static () => new FrameworkDigest(HashAlgorithmName.SHA384), "SHA-384", "SHA2-384", "RSA-SHA384", "sha384WithRSAEncryption", "2.16.840.1.101.3.4.2.2"),
        new("sha512", 64, static () => new FrameworkDigest(HashAlgorithmName.SHA512), "SHA-512", "SHA2-512", "RSA-SHA512", "sha512WithRSAEncryption", "2.16.840.1.101.3.4.2.3"),
        new("sha512-224", 28, static () => new BouncyCastleDigest(new Sha512tDigest(224)), "SHA-512/224", "SHA2-512/224", "RSA-SHA512/224", "sha512-224WithRSAEncryption", "2.16.840.1.101.3.4.2.5"),
        new("sha512-256", 32, static () => new BouncyCastleDigest(new Sha512tDigest(256)), "SHA-512/256", "SHA2-512/256", "RSA-SHA512/256", "sha512-256WithRSAEncryption", "2.16.840.1.101.3.4.2.6"),
        new("sha3-224", 28, static () => new BouncyCastleDigest(new Sha3Digest(224)), "RSA-SHA3-224", "id-rsassa-pkcs1-v1_5-with-sha3-224", "2.16.840.1.101.3.4.2.7"),
        new("sha3-256", 32, static () => CreateSha3(SHA3_256.IsSupported, HashAlgorithmName.SHA3_256, 256), "RSA-SHA3-256", "id-rsassa-pkcs1-v1_5-with-sha3-256", "2.16.840.1.101.3.4.2.8"),
        new("sha3-384", 48, static () => CreateSha3(SHA3_384.IsSupported, HashAlgorithmName.SHA3_384, 384), "RSA-SHA3-384", "id-rsassa-pkcs1-v1_5-with-sha3-384", "2.16.840.1.101.3.4.2.9"),
        new("sha3-512", 64, static () => CreateSha3(SHA3_512.IsSupported, HashAlgorithmName.SHA3_512, 512), "RSA-SHA3-512", "id-rsassa-pkcs1-v1_5-with-sha3-512", "2.16.840.1.101.3.4.2.10"),
        new("shake128", 16, static () => new ExtendableOutputDigest(128), "SHAKE-128", "2.16.840.1.101.3.4.2.11"),
        new("shake256", 32, static () => new ExtendableOutputDigest(256), "SHAKE-256", "2.16.840.1.101.3.4.2.12"),
        new("blake2b512", 64, static () => new BouncyCastleDigest(new Blake2bDigest(512)), "BLAKE2B-512", "1.3.6.1.4.1.1722.12.2.1.16"),
        new("blake2s256", 32, static () => new BouncyCastleDigest(new Blake2sDigest(256)), "BLAKE2S-256", "1.3.6.1.4.1.1722.12.2.2.8"),
        new("sm3", 32, static () => new BouncyCastleDigest(new SM3Digest()), "RSA-SM3", "sm3WithRSAEncryption", "1.2.156.10197.1.401"),
        new("ripemd160", 20, static () => new BouncyCastleDigest(new RipeMD160Digest()), "ripemd", "RIPEMD-160", "rmd160", "RSA-RIPEMD160", "ripemd160WithRSA", "1.3.36.3.2.1"),
        new("md5-sha1", 36, static () => new ConcatenatedDigest(new FrameworkDigest(HashAlgorithmName.MD5), new FrameworkDigest(HashAlgorithmName.SHA1))),
    ];

    private static readonly DigestAlgorithm[] ExtensionAlgorithms =
    [
        new("xxh128", 16, static salt => new XxHash128Digest(salt.Span)),
        new("xxh64", 8, static salt => new XxHash64Digest(salt.Span)),
    ];

    /// <summary>With OpenSSL 3 the C tool takes these by name but computes nothing, finds no difference and reports success.</summary>
    private static readonly FrozenSet<string> Unreliable =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "md4", "RSA-MD4", "md4WithRSAEncryption", "whirlpool");

    private static readonly FrozenDictionary<string, DigestAlgorithm> ByName =
        Algorithms.Concat(ExtensionAlgorithms).SelectMany(algorithm => algorithm.Names, (algorithm, name) => (algorithm, name))
            .ToFrozenDictionary(pair => pair.name, pair => pair.algorithm, StringComparer.OrdinalIgnoreCase);

    private readonly Func<RunningDigest>? create;
    private readonly Func<ReadOnlyMemory<byte>, SaltedDigest> createSalted;

    private DigestAlgorithm(string name, int size, Func<RunningDigest> create, params string[] aliases)
    {
        Names = [name, .. aliases];
        Size = size;
        this.create = create;
        createSalted = salt => new PrefixSaltedDigest(create(), salt);
    }

    private DigestAlgorithm(string name, int size, Func<ReadOnlyMemory<byte>, SaltedDigest> createSalted)
    {
        Names = [name];
        Size = size;
        this.createSalted = createSalted;
    }

    /// <summary>Every digest of the protocol, md5 first.</summary>
    public static IReadOnlyList<DigestAlgorithm> All => Algorithms;

    /// <summary>The digests that only BdSync knows: for blocks, not for checksums, and only where both peers have them.</summary>
    public static IReadOnlyList<DigestAlgorithm> Extensions => ExtensionAlgorithms;

    /// <summary>The protocol's default. It finds chance differences and is no defence against made collisions; the salt makes those of no use beyond one run.</summary>
    public static DigestAlgorithm Md5 => Algorithms[0];

    /// <summary>What two BdSync peers take by themselves: as fast as memory, and seeded with the salt, so that blocks that collide can't be prepared beforehand. No cryptographic digest.</summary>
    public static DigestAlgorithm XxHash128 => ExtensionAlgorithms[0];

    /// <summary>The usual name, in lower case.</summary>
    public string Name => Names[0];

    /// <summary>The usual name and its aliases.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether only BdSync knows it, not the C tool.</summary>
    public bool IsExtension => create is null;

    /// <summary>The size of a digest in bytes.</summary>
    public int Size { get; }

    /// <summary>Finds a digest by any of its names, whatever their case.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The digest.</returns>
    /// <exception cref="DigestException">The name is unknown, or the C tool takes it without computing anything.</exception>
    public static DigestAlgorithm Get(string name) => Get(name, BdSyncExitStatus.Digest);

    /// <summary>The same.</summary>
    /// <param name="name">The name.</param>
    /// <param name="exitStatus">What the error says if there is no such digest: a block digest and a checksum differ in it.</param>
    /// <returns>The digest.</returns>
    /// <exception cref="DigestException">The name is unknown, or the C tool takes it without computing anything.</exception>
    internal static DigestAlgorithm Get(string name, BdSyncExitStatus exitStatus)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (ByName.TryGetValue(name, out var algorithm))
        {
            return algorithm;
        }

        throw new DigestException(
            exitStatus,
            Unreliable.Contains(name)
                ? $"The digest {name} is refused: where OpenSSL 3 lacks it, bdsync computes nothing, and its patches are wrong. Use one of {ListNames()}."
                : $"The digest '{name}' is not known. Use one of {ListNames()}.");
    }

    /// <summary>Finds the digest of a checksum by any of its names, whatever their case.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The digest.</returns>
    /// <exception cref="DigestException">The name is unknown, refused, or that of an extension.</exception>
    public static DigestAlgorithm GetChecksum(string name)
    {
        var algorithm = Get(name, BdSyncExitStatus.Checksum);
        return algorithm.IsExtension
            ? throw new DigestException(BdSyncExitStatus.Checksum, $"The digest {algorithm} is for blocks; for a checksum use one of {ListNames()}.")
            : algorithm;
    }

    /// <summary>Starts an unsalted digest, such as a checksum.</summary>
    internal RunningDigest Start() => create?.Invoke() ?? throw new InvalidOperationException($"{Name} is for blocks only.");

    /// <summary>Starts a digest for blocks.</summary>
    internal SaltedDigest StartSalted(ReadOnlyMemory<byte> salt) => createSalted(salt);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string ListNames() => string.Join(", ", Algorithms.Select(algorithm => algorithm.Name));

    private static RunningDigest CreateSha3(bool supported, HashAlgorithmName name, int bits) =>
        supported ? new FrameworkDigest(name) : new BouncyCastleDigest(new Sha3Digest(bits));
}
