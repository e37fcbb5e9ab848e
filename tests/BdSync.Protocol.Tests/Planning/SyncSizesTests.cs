using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Tests.Planning;

/// <summary>How far a comparison and its patch go, by the table of the specification.</summary>
public class SyncSizesTests
{
    [Theory]
    [InlineData(SizePolicy.Strict, 5, 5, 5, 5)]
    [InlineData(SizePolicy.Strict, 0, 0, 0, 0)]
    [InlineData(SizePolicy.Resize, 5, 5, 5, 5)]
    [InlineData(SizePolicy.Resize, 5, 9, 9, 5)]
    [InlineData(SizePolicy.Resize, 9, 5, 9, 9)]
    [InlineData(SizePolicy.Resize, 0, 5, 5, 0)]
    [InlineData(SizePolicy.Resize, 5, 0, 5, 5)]
    [InlineData(SizePolicy.MinSize, 5, 5, 5, 5)]
    [InlineData(SizePolicy.MinSize, 5, 9, 5, 5)]
    [InlineData(SizePolicy.MinSize, 9, 5, 5, 5)]
    [InlineData(SizePolicy.MinSize, 0, 5, 0, 0)]
    [InlineData(SizePolicy.Resize, long.MaxValue, 1, long.MaxValue, long.MaxValue)]
    public void Sizes_follow_the_policy(SizePolicy policy, long source, long target, long compared, long patch) =>
        Assert.Equal(new SyncSizes(compared, patch, Math.Min(source, target)), SyncSizes.Resolve(policy, source, target));

    [Theory]
    [InlineData(5, 6)]
    [InlineData(6, 5)]
    [InlineData(0, 1)]
    public void Strict_refuses_sizes_that_differ(long source, long target) => Assert.Null(SyncSizes.Resolve(SizePolicy.Strict, source, target));

    [Theory]
    [InlineData(9, 5, false, 5)]
    [InlineData(9, 5, true, 9)]
    [InlineData(5, 5, false, 5)]
    public void Only_a_checksum_needs_what_lies_behind_the_patch(long compared, long patch, bool withChecksum, long expected) =>
        Assert.Equal(expected, new SyncSizes(compared, patch, CommonLength: 0).GetPlannedLength(withChecksum));
}
