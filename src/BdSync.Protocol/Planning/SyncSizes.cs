namespace BdSync.Protocol.Planning;

/// <summary>How far a comparison goes and how far its patch does, all in bytes.</summary>
/// <param name="ComparedLength">The compared range starts at 0 and is this long; the shorter device reads as zeros behind its end.</param>
/// <param name="PatchLength">The size that the patch states; no record passes it.</param>
/// <param name="CommonLength">How far both devices go.</param>
internal readonly record struct SyncSizes(long ComparedLength, long PatchLength, long CommonLength)
{
    /// <summary>Whether all that is compared is there on both sides.</summary>
    public bool IsEqual => ComparedLength == CommonLength;

    /// <summary>Applies a size policy.</summary>
    /// <param name="policy">What to do where the sizes differ.</param>
    /// <param name="sourceLength">The size of the device whose data goes into the patch.</param>
    /// <param name="targetLength">The size of the device that the patch is for.</param>
    /// <returns>The sizes, or null where the policy refuses.</returns>
    public static SyncSizes? Resolve(SizePolicy policy, long sourceLength, long targetLength) => policy switch
    {
        SizePolicy.Resize => new(Math.Max(sourceLength, targetLength), sourceLength, Math.Min(sourceLength, targetLength)),
        SizePolicy.MinSize => new(Math.Min(sourceLength, targetLength), Math.Min(sourceLength, targetLength), Math.Min(sourceLength, targetLength)),
        _ when sourceLength == targetLength => new(sourceLength, sourceLength, sourceLength),
        _ => null,
    };

    /// <summary>
    /// How far digests have to be compared. What lies behind the patch's end can't get into the patch; it is only of interest to
    /// a checksum, which covers the whole compared range.
    /// </summary>
    public long GetPlannedLength(bool withChecksum) => withChecksum ? ComparedLength : Math.Min(ComparedLength, PatchLength);
}
