namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>What a file of OpenSSH's own format says without a passphrase (OpenSSH's PROTOCOL.key).</summary>
/// <param name="PublicKey">The public part, which is never encrypted.</param>
/// <param name="IsEncrypted">Whether the private part is.</param>
internal sealed record OpenSshKeyHeader(PublicKey PublicKey, bool IsEncrypted)
{
    /// <summary>The most rounds of the key derivation (ssh-keygen -a, 16 by default): some minutes.</summary>
    public const uint RoundCountMax = 10_000;

    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">It is damaged, or has a key that can't be used.</exception>
    public static OpenSshKeyHeader Parse(ReadOnlySpan<byte> data)
    {
        var magic = "openssh-key-v1\0"u8;
        if (!data.StartsWith(magic))
        {
            throw new FormatException("It does not start with 'openssh-key-v1'.");
        }

        var reader = new SshDataReader(data[magic.Length..]);
        var isEncrypted = !reader.ReadString().SequenceEqual("none"u8);
        reader.ReadString();
        CheckRounds(reader.ReadString());
        var count = reader.ReadUInt32();
        return count == 1 ? new(PublicKey.Parse(reader.ReadString()), isEncrypted) : throw new FormatException($"It has {count} keys, 1 is allowed.");
    }

    private static void CheckRounds(ReadOnlySpan<byte> options)
    {
        if (options.IsEmpty)
        {
            return;
        }

        var reader = new SshDataReader(options);
        reader.ReadString();
        var rounds = reader.ReadUInt32();
        if (rounds > RoundCountMax)
        {
            throw new FormatException($"Its key derivation has {rounds} rounds, {RoundCountMax} are allowed.");
        }
    }
}
