using BdSync.Protocol.Hashing;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Hashing;

/// <summary>Every digest under every name, against published values and the stock tool's.</summary>
public class DigestAlgorithmTests
{
    // Name, of nothing, of "abc": from RFC 1321, 3174, 7693, FIPS 180-4 and 202, GB/T 32905 and the paper on RIPEMD-160. SHAKE is
    // cut to the 16 and 32 bytes that OpenSSL gives.
    public static TheoryData<string, string, string> Known => new()
    {
        { "md5", "d41d8cd98f00b204e9800998ecf8427e", "900150983cd24fb0d6963f7d28e17f72" },
        { "sha1", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "a9993e364706816aba3e25717850c26c9cd0d89d" },
        { "sha224", "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7" },
        { "sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
        { "sha384", "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b", "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7" },
        { "sha512", "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e", "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f" },
        { "sha512-224", "6ed0dd02806fa89e25de060c19d3ac86cabb87d6a0ddd05c333b84f4", "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa" },
        { "sha512-256", "c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a", "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23" },
        { "sha3-224", "6b4e03423667dbb73b6e15454f0eb1abd4597f9a1b078e3f5b5a6bc7", "e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf" },
        { "sha3-256", "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a", "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532" },
        { "sha3-384", "0c63a75b845e4f7d01107d852e4c2485c51a50aaaa94fc61995e71bbee983a2ac3713831264adb47fb6bd1e058d5f004", "ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b298d88cea927ac7f539f1edf228376d25" },
        { "sha3-512", "a69f73cca23a9ac5c8b567dc185a756e97c982164fe25859e0d1dcc1475c80a615b2123af1f5f94c11e3e9402c3ac558f500199d95b6d3e301758586281dcd26", "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0" },
        { "shake128", "7f9c2ba4e88f827d616045507605853e", "5881092dd818bf5cf8a3ddb793fbcba7" },
        { "shake256", "46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f", "483366601360a8771c6863080cc4114d8db44530f8f1e1ee4f94ea37e78b5739" },
        { "blake2b512", "786a02f742015903c6c6fd852552d272912f4740e15847618a86e217f71f5419d25e1031afee585313896444934eb04b903a685b1448b755d56f701afe9be2ce", "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923" },
        { "blake2s256", "69217a3079908094e11121d042354a7c1f55b6482ca1a51e1b250dfd1ed0eef9", "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982" },
        { "sm3", "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0" },
        { "ripemd160", "9c1185a5c5e9fc54612808977ee8f548b2258d31", "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc" },
        { "md5-sha1", "d41d8cd98f00b204e9800998ecf8427eda39a3ee5e6b4b0d3255bfef95601890afd80709", "900150983cd24fb0d6963f7d28e17f72a9993e364706816aba3e25717850c26c9cd0d89d" },
    };

    public static TheoryData<string, string> Aliases => new()
    {
        { "ssl3-md5", "md5" }, { "RSA-MD5", "md5" }, { "MD5", "md5" },
        { "SHA-1", "sha1" }, { "ssl3-sha1", "sha1" }, { "RSA-SHA1", "sha1" }, { "RSA-SHA1-2", "sha1" },
        { "SHA2-224", "sha224" }, { "SHA-224", "sha224" }, { "RSA-SHA224", "sha224" },
        { "SHA2-256", "sha256" }, { "SHA-256", "sha256" }, { "RSA-SHA256", "sha256" }, { "sha2-256", "sha256" },
        { "SHA2-384", "sha384" }, { "RSA-SHA384", "sha384" },
        { "SHA2-512", "sha512" }, { "RSA-SHA512", "sha512" },
        { "SHA2-512/224", "sha512-224" }, { "RSA-SHA512/224", "sha512-224" },
        { "SHA2-512/256", "sha512-256" }, { "RSA-SHA512/256", "sha512-256" },
        { "RSA-SHA3-224", "sha3-224" }, { "SHA3-256", "sha3-256" }, { "RSA-SHA3-384", "sha3-384" }, { "RSA-SHA3-512", "sha3-512" },
        { "SHAKE-128", "shake128" }, { "SHAKE-256", "shake256" },
        { "BLAKE2B-512", "blake2b512" }, { "BLAKE2S-256", "blake2s256" },
        { "RSA-SM3", "sm3" },
        { "rmd160", "ripemd160" }, { "ripemd", "ripemd160" }, { "RIPEMD-160", "ripemd160" }, { "RSA-RIPEMD160", "ripemd160" },
        { "MD5-SHA1", "md5-sha1" },
    };

    public static TheoryData<string> Recordings => [.. TestVector.Names.Where(name => name.StartsWith("checksum-", StringComparison.Ordinal))];

    [Fact]
    public void Every_digest_has_known_values() =>
        Assert.Equal(Known.Select(row => row.Data.Item1).Order(), DigestAlgorithm.All.Select(algorithm => algorithm.Name).Order());

    [Theory]
    [MemberData(nameof(Known))]
    public void Digest_has_its_known_values_under_every_name(string name, string empty, string abc)
    {
        foreach (var alias in DigestAlgorithm.Get(name).Names.SelectMany(alias => new[] { alias, alias.ToUpperInvariant(), alias.ToLowerInvariant() }))
        {
            var algorithm = DigestAlgorithm.Get(alias);
            Assert.Equal(name, algorithm.Name);
            Assert.Equal(empty.Length / 2, algorithm.Size);
            Assert.Equal(empty, Compute(algorithm, []));
            Assert.Equal(abc, Compute(algorithm, "abc"u8.ToArray()));
        }
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void Digest_does_not_depend_on_the_portions_and_starts_anew(string name, string empty, string abc)
    {
        using var digest = DigestAlgorithm.Get(name).Start();
        var result = new byte[digest.Size];
        foreach (var letter in "abc"u8)
        {
            digest.Append([letter]);
        }

        digest.Finish(result);
        Assert.Equal(abc, Convert.ToHexStringLower(result));
        digest.Finish(result);
        Assert.Equal(empty, Convert.ToHexStringLower(result));
    }

    [Theory]
    [MemberData(nameof(Aliases))]
    public void Alias_of_OpenSSL_is_known(string alias, string name) => Assert.Equal(name, DigestAlgorithm.Get(alias).Name);

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Checksum_of_a_device_is_the_stock_tools(string name)
    {
        var vector = TestVector.Load(name);
        var checksum = vector.ClientOptions.Checksum!;
        var source = File.ReadAllBytes(TestVector.GetImagePath(vector.Source));
        Array.Resize(ref source, (source.Length + 4095) / 4096 * 4096);
        Assert.Equal($"checksum[{checksum}]: {Compute(DigestAlgorithm.Get(checksum), source)}\n", vector.PatchStderr);
    }

    [Theory]
    [InlineData("md4")]
    [InlineData("MD4")]
    [InlineData("RSA-MD4")]
    [InlineData("whirlpool")]
    [InlineData("WHIRLPOOL")]
    public void Digest_that_OpenSSL_lacks_is_refused_with_the_reason(string name)
    {
        var error = Assert.Throws<DigestException>(() => DigestAlgorithm.Get(name));
        Assert.Equal(BdSyncExitStatus.Digest, error.ExitStatus);
        Assert.Contains($"{name} is refused", error.Message, StringComparison.Ordinal);
        Assert.Contains("computes nothing", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" md5")]
    [InlineData("md5 ")]
    [InlineData("md55")]
    public void Unknown_digest_is_refused(string name) =>
        Assert.Equal(BdSyncExitStatus.Checksum, Assert.Throws<DigestException>(() => DigestAlgorithm.Get(name, BdSyncExitStatus.Checksum)).ExitStatus);

    [Theory]
    [InlineData("md4", null, BdSyncExitStatus.Parameters)]
    [InlineData("md5", "whirlpool", BdSyncExitStatus.Checksum)]
    public void Client_refuses_such_digests_at_once(string digest, string? checksum, BdSyncExitStatus status) =>
        Assert.Equal(status, Assert.Throws<DigestException>(() => new BdSyncClient(new() { Digest = digest, Checksum = checksum })).ExitStatus);

    private static string Compute(DigestAlgorithm algorithm, byte[] data)
    {
        using var digest = algorithm.Start();
        var result = new byte[digest.Size];
        digest.Append(data);
        digest.Finish(result);
        return Convert.ToHexStringLower(result);
    }
}
