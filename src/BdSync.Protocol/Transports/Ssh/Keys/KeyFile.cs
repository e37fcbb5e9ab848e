using System.Text;
using Renci.SshNet;

namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>A file with a private key, or with a public one, as it was found: nothing has been decrypted.</summary>
internal sealed class KeyFile
{
    /// <summary>The largest file that is read, in bytes: MAX_KEY_FILE_SIZE of OpenSSH.</summary>
    public const int LengthMax = 1024 * 1024;

    private const string OpenSshLabel = "-----BEGIN OPENSSH PRIVATE KEY-----";

    private readonly byte[] content;

    private KeyFile(string path, byte[] content, bool isPrivate, bool isEncrypted, PublicKey? publicKey)
    {
        Path = path;
        this.content = content;
        IsPrivate = isPrivate;
        IsEncrypted = isEncrypted;
        PublicKey = publicKey;
    }

    public string Path { get; }

    /// <summary>Whether it has a private key, and not only the public one or a certificate.</summary>
    public bool IsPrivate { get; }

    /// <summary>Whether a passphrase is needed to use it.</summary>
    public bool IsEncrypted { get; }

    /// <summary>The public part, or a certificate; null where it can't be seen without decoding the file.</summary>
    public PublicKey? PublicKey { get; }

    /// <summary>Reads a file.</summary>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="TransportException">It can't be read, or is no key (<see cref="BdSyncExitStatus.Connection"/>).</exception>
    public static KeyFile? Read(string path)
    {
        try
        {
            return File.Exists(path) || Directory.Exists(path) ? Parse(path, ReadContent(path)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new TransportException(BdSyncExitStatus.Connection, $"The key file {path} can't be used: {exception.Message}", exception);
        }
    }

    /// <summary>Decodes the private key.</summary>
    /// <param name="passphrase">Null where none is needed.</param>
    /// <returns>The key; to be disposed of.</returns>
    /// <exception cref="FormatException">It is damaged, of a kind that is not supported, or has another passphrase.</exception>
    public PrivateKeyFile Decode(string? passphrase)
    {
        try
        {
            using var stream = new MemoryStream(content);
            return new(stream, passphrase);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // With a wrong passphrase the parsers see noise, and throw whatever they come upon.
            throw new FormatException(exception.Message, exception);
        }
    }

    private static byte[] ReadContent(string path)
    {
        if (!KeyFileStatus.Get(path).IsRegularFile)
        {
            throw new FormatException("It is no regular file.");
        }

        using var stream = File.OpenRead(path);
        var content = new byte[LengthMax + 1];
        var length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return length <= LengthMax ? content[..length] : throw new FormatException($"It has more than {LengthMax} bytes.");
    }

    private static KeyFile Parse(string path, byte[] content)
    {
        var text = Encoding.UTF8.GetString(content);
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length > 0 && lines[0] == OpenSshLabel)
        {
            var data = string.Concat(lines.Skip(1).TakeWhile(line => !line.StartsWith('-')));
            var header = OpenSshKeyHeader.Parse(Convert.FromBase64String(data));
            return header.PublicKey.Type.IsHardware
                ? new(path, [], isPrivate: false, isEncrypted: false, header.PublicKey)
                : new(path, content, isPrivate: true, header.IsEncrypted, header.PublicKey);
        }

        if (Array.Exists(lines, line => line.StartsWith("-----BEGIN ", StringComparison.Ordinal) && line.EndsWith("PRIVATE KEY-----", StringComparison.Ordinal))
            || text.StartsWith("PuTTY-User-Key-File-", StringComparison.Ordinal))
        {
            return new(path, content, isPrivate: true, IsEncryptedText(lines), publicKey: null);
        }

        var line = Array.Find(lines, line => !line.StartsWith('#')) ?? throw new FormatException("It is empty.");
        return new(path, [], isPrivate: false, isEncrypted: false, PublicKey.ParseLine(line));
    }

    // RFC 1421, section 4.6.1.1; RFC 7468, section 11; PuTTY's format has a line for it.
    private static bool IsEncryptedText(string[] lines) => Array.Exists(
        lines,
        line => (line.StartsWith("Proc-Type:", StringComparison.Ordinal) && line.EndsWith("ENCRYPTED", StringComparison.Ordinal))
            || line is "-----BEGIN ENCRYPTED PRIVATE KEY-----"
            || (line.StartsWith("Encryption: ", StringComparison.Ordinal) && line is not "Encryption: none"));
}
