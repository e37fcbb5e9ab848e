using System.Buffers.Binary;
using System.Text;
using BdSync.Protocol.Patching;

namespace BdSync.Protocol.Tests.Patching;

/// <summary>What docs/patch-format.md says of some bytes, found out the simple way, with all of them in memory.</summary>
internal sealed class NaivePatch
{
    private readonly byte[] bytes;
    private int position;

    public NaivePatch(byte[] bytes)
    {
        this.bytes = bytes;
        IsWhole = Read();
    }

    public PatchHeader? Header { get; private set; }

    public List<Extent> Records { get; } = [];

    public string? Checksum { get; private set; }

    public int WholeLength { get; private set; }

    public bool IsWhole { get; }

    /// <summary>The records, those joined that follow each other.</summary>
    public List<Extent> Extents
    {
        get
        {
            List<Extent> extents = [];
            foreach (var record in Records)
            {
                if (extents.Count > 0 && extents[^1].Offset + extents[^1].Length == record.Offset)
                {
                    extents[^1] = new(extents[^1].Offset, extents[^1].Length + record.Length);
                }
                else
                {
                    extents.Add(record);
                }
            }

            return extents;
        }
    }

    private bool Read()
    {
        if (Take(11) is not { } signature || !signature.AsSpan().SequenceEqual("BDSYNC 0.3\n"u8) || Take(8) is not { } size || Take(2) is not { } nameLength)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt64LittleEndian(size);
        if (length < 0 || BinaryPrimitives.ReadUInt16LittleEndian(nameLength) is > 16384 || Take(BinaryPrimitives.ReadUInt16LittleEndian(nameLength)) is not { } name)
        {
            return false;
        }

        Header = new(length, Encoding.UTF8.GetString(name));
        WholeLength = position;
        while (Take(8) is { } offset && Take(2) is { } recordLength)
        {
            var extent = new Extent(BinaryPrimitives.ReadInt64LittleEndian(offset), BinaryPrimitives.ReadUInt16LittleEndian(recordLength));
            if (extent == default)
            {
                return ReadTrailer();
            }

            if (extent.Offset < 0 || extent.Offset > length - extent.Length || Take((int)extent.Length) is null)
            {
                return false;
            }

            WholeLength = position;
            if (extent.Length > 0)
            {
                Records.Add(extent);
            }
        }

        return false;
    }

    private bool ReadTrailer()
    {
        if (Take(1) is not { } nameLength)
        {
            return false;
        }

        if (nameLength[0] > 0)
        {
            if (Take(nameLength[0]) is not { } name || Take(1) is not { } digestLength || Take(digestLength[0]) is not { } digest)
            {
                return false;
            }

            Checksum = $"{Encoding.UTF8.GetString(name)} {Convert.ToHexStringLower(digest)}";
        }

        WholeLength = position;
        return true;
    }

    private byte[]? Take(int count)
    {
        if (count > bytes.Length - position)
        {
            position = bytes.Length;
            return null;
        }

        position += count;
        return bytes[(position - count)..position];
    }
}
