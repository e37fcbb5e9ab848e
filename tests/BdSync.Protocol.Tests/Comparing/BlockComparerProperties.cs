using BdSync.Protocol.Comparing;
using BdSync.Protocol.Planning;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Comparing;

/// <summary>The extents are the blocks whose digests differ, neighbours joined.</summary>
public class BlockComparerProperties
{
    [Property(MaxTest = 500)]
    public Property Extents_are_what_differs() => Prop.ForAll(
        Arb.From(Gen.ListOf(Gen.Elements(false, true))), Arb.From(Gen.Choose(1, 64)), Arb.From(Gen.Choose(1, 100_000)), (pattern, digestSize, blockSize) =>
        {
            var differs = pattern.ToArray();
            var ours = new byte[differs.Length * digestSize];
            var theirs = (byte[])ours.Clone();
            for (var index = 0; index < differs.Length; index++)
            {
                // The last byte of a digest counts like the first.
                theirs[(index * digestSize) + (index % digestSize)] ^= differs[index] ? (byte)0x80 : (byte)0;
            }

            var range = new BlockRange(1000, blockSize, differs.Length);
            var extents = BlockComparer.FindDifferences(range, digestSize, ours, theirs);
            for (var index = 0; index < differs.Length; index++)
            {
                var offset = range.Offset + ((long)index * blockSize);
                Assert.Equal(differs[index], extents.Any(extent => extent.Offset <= offset && extent.End >= offset + blockSize));
            }

            Assert.Equal((long)differs.Count(differ => differ) * blockSize, extents.Sum(extent => extent.Length));
            Assert.All(extents.Zip(extents.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Offset));
        });
}
