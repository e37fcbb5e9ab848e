namespace BdSync.Protocol.Tests.Sessions;

/// <summary>What differs between two devices, byte by byte.</summary>
internal static class DifferingExtents
{
    /// <summary>The runs of bytes that differ, as far as both go.</summary>
    public static IEnumerable<Extent> Find(byte[] one, byte[] other)
    {
        var common = Math.Min(one.Length, other.Length);
        for (var offset = 0; offset < common; offset++)
        {
            var start = offset;
            while (offset < common && one[offset] != other[offset])
            {
                offset++;
            }

            if (offset > start)
            {
                yield return new(start, offset - start);
            }
        }
    }
}
