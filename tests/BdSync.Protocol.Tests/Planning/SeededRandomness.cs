using System.Security.Cryptography;

namespace BdSync.Protocol.Tests.Planning;

/// <summary>The same random bytes for the same seed, of a generator that passes statistical tests: AES in counter mode. Not safe for several threads.</summary>
internal sealed class SeededRandomness(int seed) : RandomNumberGenerator
{
    private readonly byte[] key = SHA256.HashData(BitConverter.GetBytes(seed));
    private ulong counter;

    /// <inheritdoc/>
    public override void GetBytes(byte[] data)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        var blocks = new byte[(data.Length + 15) / 16 * 16];
        for (var offset = 0; offset < blocks.Length; offset += 16)
        {
            BitConverter.TryWriteBytes(blocks.AsSpan(offset), counter++);
        }

        aes.EncryptEcb(blocks, PaddingMode.None).AsSpan(0, data.Length).CopyTo(data);
    }
}
