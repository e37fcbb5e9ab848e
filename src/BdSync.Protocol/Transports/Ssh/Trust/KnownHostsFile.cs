using System.Buffers;
using System.Buffers.Text;

namespace BdSync.Protocol.Transports.Ssh.Trust;

/// <summary>
/// Finds what a known_hosts file says of a host (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). Only the keys of lines that name the host are decoded.
/// Lines that can't be read are passed over with a warning that says which.
/// </summary>
internal sealed class KnownHostsFile
{
    /// <summary>A larger file is not read to its end: 64 MiB are more than 200 000 hashed lines.</summary>
    public const long MaxFileLength = 64 * 1024 * 1024;

    /// <summary>So many warnings a file; a file that is none of this kind would give one a line.</summary>
    public const int MaxWarnings = 10;

    private readonly string path;
    private readonly LookupNames names;
    private readonly Action<string> warn;
    private readonly List<KnownHostEntry> entries = [];
    private readonly byte[] hashBuffer = new byte[HashedHostName.BufferLength];
    private int warnings;

    private KnownHostsFile(string path, LookupNames names, Action<string> warn)
    {
        this.path = path;
        this.names = names;
        this.warn = warn;
    }

    /// <summary>Appends the file's entries for a host to <paramref name="entries"/>; a file that doesn't exist has none.</summary>
    /// <returns>False, after a warning, if the file is there and couldn't be read to its end.</returns>
    public static bool TryFind(string path, LookupNames names, Action<string> warn, List<KnownHostEntry> entries)
    {
        var file = new KnownHostsFile(path, names, warn);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return file.TryReadAll(new LineReader(stream, MaxFileLength));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            warn($"The known hosts in {path} can't be read: {exception.Message}");
            return false;
        }
        finally
        {
            entries.AddRange(file.entries);
        }
    }

    private bool TryReadAll(LineReader reader)
    {
        while (reader.TryRead(out var line, out var isLineTooLong))
        {
            if (isLineTooLong)
            {
                Warn(reader.LineNumber, $"has more than {LineReader.MaxLineLength} bytes");
            }
            else if (!KnownHostLine.IsBlank(line))
            {
                ReadLine(reader.LineNumber, line);
            }
        }

        if (reader.IsTooLong)
        {
            warn($"The known hosts in {path} are read up to line {reader.LineNumber} only: the file has more than {MaxFileLength >> 20} MiB. Remove hosts from it.");
        }

        return !reader.IsTooLong;
    }

    private void ReadLine(int number, ReadOnlySpan<byte> text)
    {
        if (!KnownHostLine.TryRead(text, out var line, out var problem))
        {
            Warn(number, problem);
            return;
        }

        if (!TryMatch(line.Names, out var isMatch, out var isMatchWithoutPort))
        {
            Warn(number, "has a hashed name that is not |1|SALT|HASH with 20 bytes of base64 each");
        }
        else if (isMatch || isMatchWithoutPort)
        {
            if (!TryReadKey(line, out var key))
            {
                Warn(number, "has a key that is damaged or not of the type that stands before it");
                return;
            }

            entries.Add(new KnownHostEntry(path, number, line.Marker, key!, IsWithoutPort: !isMatch));
        }
    }

    private bool TryMatch(ReadOnlySpan<byte> patterns, out bool isMatch, out bool isMatchWithoutPort)
    {
        isMatch = false;
        isMatchWithoutPort = false;
        if (!HashedHostName.IsHashed(patterns))
        {
            isMatch = HostPattern.IsMatchOfList(names.NameBytes, patterns);
            isMatchWithoutPort = names.NameWithoutPortBytes is { } plain && HostPattern.IsMatchOfList(plain, patterns);
            return true;
        }

        if (!HashedHostName.TryRead(patterns, hashBuffer, out var hashed))
        {
            return false;
        }

        isMatch = hashed.IsMatch(names.NameBytes);
        isMatchWithoutPort = !isMatch && names.NameWithoutPortBytes is { } bytes && hashed.IsMatch(bytes);
        return true;
    }

    private static bool TryReadKey(in KnownHostLine line, out HostKey? key)
    {
        key = null;
        if (line.Key.Length > Base64.GetMaxEncodedToUtf8Length(HostKey.MaxBlobLength))
        {
            return false;
        }

        var blob = new byte[Base64.GetMaxDecodedFromUtf8Length(line.Key.Length)];
        return Base64.DecodeFromUtf8(line.Key, blob, out _, out var written) == OperationStatus.Done
            && HostKey.TryRead(blob.AsSpan(0, written), out key)
            && line.KeyType.SequenceEqual(System.Text.Encoding.ASCII.GetBytes(key.Type));
    }

    private void Warn(int number, string problem)
    {
        warnings++;
        if (warnings <= MaxWarnings)
        {
            warn($"{path}:{number} {problem}; the line is passed over.");
        }
        else if (warnings == MaxWarnings + 1)
        {
            warn($"{path} has more lines that can't be read, from line {number} on. Is it a file of known hosts?");
        }
    }
}
