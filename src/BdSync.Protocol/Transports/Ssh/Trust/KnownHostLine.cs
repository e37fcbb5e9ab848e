namespace BdSync.Protocol.Transports.Ssh.Trust;

/// <summary>The fields of a line of a known_hosts file, not yet decoded: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT.</summary>
internal readonly ref struct KnownHostLine
{
    private KnownHostLine(KnownHostMarker marker, ReadOnlySpan<byte> names, ReadOnlySpan<byte> keyType, ReadOnlySpan<byte> key)
    {
        Marker = marker;
        Names = names;
        KeyType = keyType;
        Key = key;
    }

    public KnownHostMarker Marker { get; }

    /// <summary>Patterns with commas between them, or one hashed name.</summary>
    public ReadOnlySpan<byte> Names { get; }

    public ReadOnlySpan<byte> KeyType { get; }

    /// <summary>In base64.</summary>
    public ReadOnlySpan<byte> Key { get; }

    /// <summary>Whether there is nothing in a line but white space or a comment.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> text) => SkipBlanks(text) is [] or [(byte)'#', ..];

    /// <summary>Cuts a line that isn't blank into fields; <paramref name="problem"/> says what is wrong with it, as the rest of a sentence on it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out KnownHostLine line, out string problem)
    {
        line = default;
        problem = "";
        var marker = KnownHostMarker.None;
        var names = TakeField(ref text);
        if (names is [(byte)'@', ..])
        {
            if (!TryReadMarker(names, out marker))
            {
                problem = "starts with a marker that is neither @cert-authority nor @revoked";
                return false;
            }

            names = TakeField(ref text);
            if (names is [(byte)'@', ..])
            {
                problem = "has more than one marker, where one is allowed";
                return false;
            }
        }

        var keyType = TakeField(ref text);
        var key = TakeField(ref text);
        if (key.IsEmpty || keyType[0] == '#')
        {
            problem = "lacks host names, a key type or a key";
            return false;
        }

        line = new KnownHostLine(marker, names, keyType, key);
        return true;
    }

    private static bool TryReadMarker(ReadOnlySpan<byte> field, out KnownHostMarker marker)
    {
        marker = field.SequenceEqual("@cert-authority"u8) ? KnownHostMarker.CertificateAuthority
            : field.SequenceEqual("@revoked"u8) ? KnownHostMarker.Revoked
            : KnownHostMarker.None;
        return marker != KnownHostMarker.None;
    }

    private static ReadOnlySpan<byte> TakeField(scoped ref ReadOnlySpan<byte> text)
    {
        text = SkipBlanks(text);
        var end = text.IndexOfAny((byte)' ', (byte)'\t');
        var field = end < 0 ? text : text[..end];
        text = text[field.Length..];
        return field;
    }

    private static ReadOnlySpan<byte> SkipBlanks(ReadOnlySpan<byte> text)
    {
        var start = text.IndexOfAnyExcept((byte)' ', (byte)'\t');
        return start < 0 ? [] : text[start..];
    }
}
