using System.Security.Cryptography;
using System.Text;
using BdSync.Protocol.Transports.Ssh.Keys;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace BdSync.Protocol.Tests.Transports.Ssh.Keys;

/// <summary>What a FIDO token does, without the token: keys and signatures as in OpenSSH's PROTOCOL.u2f. It is always touched.</summary>
internal sealed class SoftwareSecurityKey
{
    private const string Application = "ssh:";

    private const byte UserPresence = 1;

    private readonly string type;
    private readonly Func<byte[], byte[]> sign;
    private uint counter;

    private SoftwareSecurityKey(string type, byte[] blob, Func<byte[], byte[]> sign)
    {
        this.type = type;
        Blob = blob;
        this.sign = sign;
    }

    /// <summary>The public key.</summary>
    public byte[] Blob { get; }

    public string AuthorizedKeysLine => $"{type} {Convert.ToBase64String(Blob)}\n";

    public static SoftwareSecurityKey Create(string type) => type == "sk-ssh-ed25519@openssh.com" ? CreateEd25519(type) : CreateEcdsa(type);

    /// <summary>The signature, for an agent's answer.</summary>
    public byte[] Sign(byte[] data)
    {
        counter++;
        var signed = new SshDataWriter()
            .AddBytes(SHA256.HashData(Encoding.ASCII.GetBytes(Application))).AddByte(UserPresence).AddUInt32(counter).AddBytes(SHA256.HashData(data));
        return new SshDataWriter().AddText(type).AddString(sign(signed.ToArray())).AddByte(UserPresence).AddUInt32(counter).ToArray();
    }

    private static SoftwareSecurityKey CreateEd25519(string type)
    {
        var key = new Ed25519PrivateKeyParameters(RandomNumberGenerator.GetBytes(Ed25519PrivateKeyParameters.KeySize));
        var blob = new SshDataWriter().AddText(type).AddString(key.GeneratePublicKey().GetEncoded()).AddText(Application).ToArray();
        return new(type, blob, data =>
        {
            var signer = new Ed25519Signer();
            signer.Init(forSigning: true, key);
            signer.BlockUpdate(data, 0, data.Length);
            return signer.GenerateSignature();
        });
    }

    private static SoftwareSecurityKey CreateEcdsa(string type)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var blob = new SshDataWriter().AddText(type).AddText("nistp256").AddString([4, .. point.X!, .. point.Y!]).AddText(Application).ToArray();
        return new(type, blob, data =>
        {
            var signature = key.SignData(data, HashAlgorithmName.SHA256);
            return new SshDataWriter().AddString(ToInteger(signature[..32])).AddString(ToInteger(signature[32..])).ToArray();
        });
    }

    // mpint of RFC 4251, section 5: no zeros in front but the one that keeps it positive.
    private static byte[] ToInteger(byte[] number)
    {
        var digits = number.SkipWhile(digit => digit == 0).ToArray();
        return digits[0] >= 0x80 ? [0, .. digits] : digits;
    }
}
