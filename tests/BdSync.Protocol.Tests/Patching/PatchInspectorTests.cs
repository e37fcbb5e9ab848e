using BdSync.Protocol.Patching;
using BdSync.Protocol.Planning;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Patching;

/// <summary>What is said of a patch is what an independent reader finds, whole, truncated or damaged.</summary>
public class PatchInspectorTests
{
    // Records that follow each other, that go back, an empty one, and a checksum.
    private static readonly byte[] Patch = new RawPatch(3000, "näme")
        .Record(0, [1, 2, 3]).Record(3, [4, 5]).Record(17).Record(700, new byte[300]).Record(1000, new byte[200]).Record(600, new byte[50]).Record(2999, [9])
        .End("sha1", [1, 2, 3, 4]);

    public static TheoryData<string> Vectors => [.. TestVector.Names];

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task A_recorded_patch_is_described(string name)
    {
        var patch = TestVector.Load(name).ReadPatch();
        await IsDescribedAsync(patch);
        await IsDescribedAsync([.. patch, 1, 2, 3]);
    }

    [Fact]
    public async Task Wherever_a_patch_ends_it_is_said_how_far_it_is_good()
    {
        for (var length = 0; length < Patch.Length; length++)
        {
            var summary = await IsDescribedAsync(Patch[..length]);
            Assert.Contains($"it ends after {length} bytes", summary.Damage, StringComparison.Ordinal);
        }

        Assert.True((await IsDescribedAsync(Patch)).IsWhole);
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x80)]
    [InlineData(0xFF)]
    public async Task Whichever_byte_is_wrong_the_rest_is_described(byte mask)
    {
        for (var index = 0; index < Patch.Length; index++)
        {
            byte[] damaged = [.. Patch];
            damaged[index] ^= mask;
            await IsDescribedAsync(damaged);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("BDSYN")]
    [InlineData("BDSYNX")]
    [InlineData("hello\n")]
    [InlineData("<!DOCTYPE html> and more than a header has")]
    public async Task What_is_no_patch_is_told_from_one_that_is_truncated(string text)
    {
        var summary = await PatchInspector.InspectAsync(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(text)), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Null(summary.Header);
        Assert.Equal(0, summary.WholeLength);
        Assert.Contains("BDSYNC ".StartsWith(text, StringComparison.Ordinal) ? "truncated" : "not a bdsync patch", summary.Damage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_cannot_be_read_is_an_error()
    {
        using var stream = new ForwardOnlyStream(Patch, maxRead: 20) { FailingOffset = 60 };
        var error = await Assert.ThrowsAsync<BdSyncException>(() => PatchInspector.InspectAsync(stream, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(BdSyncExitStatus.Read, error.ExitStatus);
    }

    private static async Task<PatchSummary> IsDescribedAsync(byte[] patch)
    {
        var expected = new NaivePatch(patch);
        List<Extent> records = [];
        PatchHeader? opened = null;
        using var stream = new ForwardOnlyStream(patch, maxRead: 1000);
        var summary = await PatchInspector.InspectAsync(
            stream,
            header =>
            {
                opened = header;
                return records.Add;
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(expected.Header, summary.Header);
        Assert.Equal(expected.Header, opened);
        Assert.Equal(expected.Records, records);
        Assert.Equal(expected.Records.Count, summary.RecordCount);
        Assert.Equal(expected.WholeLength, summary.WholeLength);
        Assert.Equal(expected.IsWhole, summary.IsWhole);
        Assert.Equal(expected.Checksum, summary.Checksum is { } checksum ? $"{checksum.Name} {checksum.DigestText}" : null);
        IsSummary(expected.Extents, summary.Extents);
        return summary;
    }

    private static void IsSummary(List<Extent> expected, ExtentSummary summary)
    {
        Assert.Equal(expected.Count, summary.Count);
        Assert.Equal(expected.Sum(extent => extent.Length), summary.Length);
        Assert.Equal(expected.Zip(expected.Skip(1)).All(pair => pair.First.End <= pair.Second.Offset), summary.IsAscending);
        Assert.Equal(expected.OrderByDescending(extent => extent.Length).Take(ExtentStatistics.MaxListed), summary.Largest);
        Assert.Equal(expected.OrderBy(extent => extent.Length).Take(ExtentStatistics.MaxListed), summary.Smallest);
    }
}
