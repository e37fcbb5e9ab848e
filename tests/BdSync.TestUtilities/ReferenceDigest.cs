using System.Security.Cryptography;

namespace BdSync.TestUtilities;

/// <summary>Digests as .NET computes them, to compare the library's with.</summary>
public static class ReferenceDigest
{
    public static byte[] Md5(ReadOnlySpan<byte> data) => Compute("md5", data);

    public static byte[] Sha1(ReadOnlySpan<byte> data) => Compute("sha1", data);

    /// <summary>By name: md5, sha1, sha256, sha384 or sha512, in any case.</summary>
    public static byte[] Compute(string name, ReadOnlySpan<byte> data) => CryptographicOperations.HashData(new(name.ToUpperInvariant()), data);
}
