namespace BdSync.Protocol.Patching;

/// <summary>The constants of the patch archive 0.3. All integers are little-endian. See docs/patch-format.md.</summary>
internal static class PatchFormat
{
    /// <summary>What a patch starts with, up to the version.</summary>
    public static ReadOnlySpan<byte> Signature => "BDSYNC "u8;

    /// <summary>The version and the end of the line.</summary>
    public static ReadOnlySpan<byte> Version => "0.3\n"u8;

    /// <summary>Signature and version, in bytes.</summary>
    public const int SignatureLength = 11;

    /// <summary>What precedes the name: signature, size of the device, length of the name, in bytes.</summary>
    public const int FixedHeaderLength = SignatureLength + sizeof(long) + sizeof(ushort);

    /// <summary>The longest device name in bytes: the C tool refuses more.</summary>
    public const int MaxNameLength = 16384;

    /// <summary>What precedes a record's data: offset and length, in bytes.</summary>
    public const int RecordHeaderLength = sizeof(long) + sizeof(ushort);

    /// <summary>The longest record that is written, in bytes: the C tool splits blocks at it. Up to 65535 may be read.</summary>
    public const int MaxWrittenRecordLength = 32768;
}
