using System.Globalization;
using System.Xml;
using BdSync.Protocol;

namespace BdSync.Lvm.Changes;

/// <summary>What thin_delta(8) says: in which chunks two thin volumes of a pool differ.</summary>
internal static class ThinDelta
{
    /// <summary>The unit of sizes in the metadata of device-mapper, in bytes.</summary>
    private const long SectorSize = 512;

    /// <summary>The largest chunk that a pool may have, in sectors: 1 GiB (lvmthin(7)).</summary>
    private const long MaxChunkSectors = 2 * 1024 * 1024;

    /// <summary>Reads the output of <c>thin_delta</c>.</summary>
    /// <param name="output">The XML; not closed.</param>
    /// <returns>The extents that may differ, in bytes; in ascending order.</returns>
    /// <exception cref="BdSyncException">It is not such an output, or not all of it (<see cref="BdSyncExitStatus.Device"/>).</exception>
    public static IReadOnlyList<Extent> Read(Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        ChangedExtents? changed = null;
        var isComplete = false;
        try
        {
            using var reader = XmlReader.Create(output, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreWhitespace = true });
            while (reader.Read())
            {
                switch (reader.NodeType, reader.Name)
                {
                    case (XmlNodeType.Element, "superblock"):
                        changed = new(GetChunkSize(reader));
                        break;
                    case (XmlNodeType.Element, "different" or "left_only" or "right_only"):
                        (changed ?? throw Unexpected(reader)).Add(GetNumber(reader, "begin"), GetNumber(reader, "length"));
                        break;
                    case (XmlNodeType.Element, "diff"):
                        isComplete = reader.IsEmptyElement;
                        break;
                    case (XmlNodeType.Element, "same"):
                        break;
                    case (XmlNodeType.EndElement, "diff"):
                        isComplete = true;
                        break;
                    case (XmlNodeType.Element, _):
                        // What isn't known may be a change.
                        throw Unexpected(reader);
                }
            }
        }
        catch (XmlException exception)
        {
            throw new BdSyncException(BdSyncExitStatus.Device, $"The output of thin_delta can't be understood: {exception.Message}", exception);
        }

        return changed is not null && isComplete
            ? changed.ToList()
            : throw new BdSyncException(BdSyncExitStatus.Device, "The output of thin_delta ends before its difference does.");
    }

    private static long GetChunkSize(XmlReader reader)
    {
        var sectors = GetNumber(reader, "data_block_size");
        return sectors is > 0 and <= MaxChunkSectors
            ? (long)sectors * SectorSize
            : throw new BdSyncException(BdSyncExitStatus.Device, $"The output of thin_delta has chunks of {sectors} sectors; 1 to {MaxChunkSectors} are possible.");
    }

    private static ulong GetNumber(XmlReader reader, string attribute) =>
        ulong.TryParse(reader.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new BdSyncException(BdSyncExitStatus.Device, $"The output of thin_delta has a <{reader.Name}> whose {attribute} is '{reader.GetAttribute(attribute)}', not a number.");

    private static BdSyncException Unexpected(XmlReader reader) =>
        new(BdSyncExitStatus.Device, $"The output of thin_delta has a <{reader.Name}> that is not expected there.");
}
