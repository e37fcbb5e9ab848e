using System.Globalization;
using System.Xml;
using BdSync.Protocol;

namespace BdSync.Lvm.Changes;

/// <summary>What era_invalidate(8) says: which blocks of a dm-era device have been written since an era.</summary>
internal static class EraWrites
{
    /// <summary>
    /// Reads the output of <c>era_invalidate --written-since N</c>. Of a device that is in use it reads the metadata snapshot: version 0.9 with <c>--metadata-snapshot</c>
    /// alone, 1.1 with that and its block, the seventh word of the device's status.
    /// </summary>
    /// <param name="output">The XML; not closed.</param>
    /// <param name="blockSize">The size of a block of the era device in bytes: at least 1; the table of the device has it, in sectors.</param>
    /// <returns>The extents that have been written, in bytes.</returns>
    /// <exception cref="BdSyncException">It is not such an output, or not all of it (<see cref="BdSyncExitStatus.Device"/>).</exception>
    public static IReadOnlyList<Extent> Read(Stream output, long blockSize)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 1);
        var changed = new ChangedExtents(blockSize);
        var isComplete = false;
        try
        {
            using var reader = XmlReader.Create(output, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreWhitespace = true });
            while (reader.Read())
            {
                switch (reader.NodeType, reader.Name)
                {
                    case (XmlNodeType.Element, "blocks"):
                        isComplete = reader.IsEmptyElement;
                        break;
                    case (XmlNodeType.Element, "block"):
                        changed.Add(GetNumber(reader, "block"), 1);
                        break;
                    case (XmlNodeType.Element, "range"):
                        var (begin, end) = (GetNumber(reader, "begin"), GetNumber(reader, "end"));
                        changed.Add(begin, end >= begin ? end - begin : throw Unexpected(reader));
                        break;
                    case (XmlNodeType.EndElement, "blocks"):
                        isComplete = true;
                        break;
                    case (XmlNodeType.Element, _):
                        throw Unexpected(reader);
                }
            }
        }
        catch (XmlException exception)
        {
            throw new BdSyncException(BdSyncExitStatus.Device, $"The output of era_invalidate can't be understood: {exception.Message}", exception);
        }

        return isComplete ? changed.ToList() : throw new BdSyncException(BdSyncExitStatus.Device, "The output of era_invalidate ends before its list of blocks does.");
    }

    private static ulong GetNumber(XmlReader reader, string attribute) =>
        ulong.TryParse(reader.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Unexpected(reader);

    private static BdSyncException Unexpected(XmlReader reader) =>
        new(BdSyncExitStatus.Device, $"The output of era_invalidate has a <{reader.Name}> that can't be understood.");
}
