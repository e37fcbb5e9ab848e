namespace BdSync.Protocol.Patching;

/// <summary>Cuts extents where a record of a patch may end: at the end of a block, or at a multiple of 32768 bytes within one.</summary>
/// <param name="BlockSize">The size of a block in bytes.</param>
/// <param name="PatchLength">The size that the patch states, in bytes; what lies behind it is left out.</param>
internal readonly record struct PatchPieces(int BlockSize, long PatchLength)
{
    /// <summary>Cuts an extent of whole blocks.</summary>
    /// <param name="extent">The extent.</param>
    /// <param name="maxLength">How long a piece may be, in bytes; at least 32768.</param>
    /// <returns>The pieces, ascending; each has whole blocks, or lies within one.</returns>
    public IEnumerable<Extent> Split(Extent extent, int maxLength)
    {
        var end = Math.Min(extent.End, PatchLength);
        for (var offset = extent.Offset; offset < end;)
        {
            var restOfBlock = BlockSize - (offset % BlockSize);
            var length = BlockSize <= maxLength
                ? maxLength / BlockSize * BlockSize
                : Math.Min(restOfBlock, maxLength / PatchFormat.MaxWrittenRecordLength * PatchFormat.MaxWrittenRecordLength);
            var piece = new Extent(offset, Math.Min(length, end - offset));
            yield return piece;
            offset = piece.End;
        }
    }
}
