using BdSync.Protocol;

namespace BdSync.Lvm.Guest;

/// <summary>Random writes, and whether what is said to have changed has all that has.</summary>
internal static class ChangeCheck
{
    private const int Block = 4096;

    /// <summary>How much of a device is written to, in bytes.</summary>
    public const int Length = 8 * Machine.Megabyte;

    /// <summary>Writes a few times at random places, and returns when the device has it.</summary>
    public static void WriteRandomly(string path, Random random)
    {
        using var device = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        for (var count = random.Next(1, 8); count > 0; count--)
        {
            var data = new byte[random.Next(1, 5) * Block];
            random.NextBytes(data);
            device.Position = random.Next(Length - data.Length);
            device.Write(data);
        }

        device.Flush(flushToDisk: true);
    }

    /// <summary>Fails where something has changed that is not among the extents, where nothing has, and where the extents are all of the device, as then any answer would do.</summary>
    public static void AssertNamed(string name, IReadOnlyList<Extent> extents, byte[] before, byte[] after)
    {
        var changed = Enumerable.Range(0, before.Length / Block).Select(index => (long)index * Block)
            .Where(offset => !before.AsSpan((int)offset, Block).SequenceEqual(after.AsSpan((int)offset, Block))).ToList();
        Assert.NotEmpty(changed);
        var named = extents.OrderBy(extent => extent.Offset).Aggregate(new List<Extent>(), Join);
        Assert.All(changed, offset => Assert.True(named.Any(extent => extent.Offset <= offset && extent.End >= offset + Block), $"{name}: {offset} is missing in {string.Join(' ', extents)}"));
        Assert.True(named.Sum(extent => extent.Length) < before.Length, $"{name}: {string.Join(' ', extents)}");
    }

    private static List<Extent> Join(List<Extent> joined, Extent extent)
    {
        if (joined is [.., var last] && last.End >= extent.Offset)
        {
            joined[^1] = new(last.Offset, Math.Max(last.End, extent.End) - last.Offset);
        }
        else
        {
            joined.Add(extent);
        }

        return joined;
    }
}
