using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Patching;

/// <summary>Looks through a patch without applying it, and says what is in it and whether it is whole. Safe for several threads.</summary>
public static class PatchInspector
{
    /// <summary>
    /// Reads a patch to its end, or to where it is damaged: that is no error here, but said by the result. Memory does not depend on the patch.
    /// </summary>
    /// <param name="patch">The patch, plain, from its current position; it isn't closed, and may have been read past the patch's end.</param>
    /// <param name="openExtents">Is given the header once that is known; what it returns receives the extent of each record, in the patch's order. Null for nobody.</param>
    /// <param name="cancellationToken">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="BdSyncException">The stream can't be read.</exception>
    public static async Task<PatchSummary> InspectAsync(
        Stream patch, Func<PatchHeader, Action<Extent>>? openExtents = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patch);
        var reader = new PatchReader(patch);
        var statistics = new ExtentStatistics();
        PatchHeader? header = null;
        var recordCount = 0L;
        string? damage = null;
        try
        {
            header = await reader.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
            var onExtent = openExtents?.Invoke(header);
            while (await reader.ReadRecordAsync(cancellationToken).ConfigureAwait(false) is { } record)
            {
                var extent = new Extent(record.Offset, record.Data.Length);
                recordCount++;
                statistics.Add(extent);
                onExtent?.Invoke(extent);
            }
        }
        catch (PatchException exception)
        {
            damage = exception.Message;
        }

        return new(header, recordCount, statistics.GetSummary(), reader.Checksum, reader.WholeLength, damage);
    }
}
