using System.Text;
using BdSync.Lvm.Changes;
using BdSync.Protocol;

namespace BdSync.Lvm.Tests.Recordings;

/// <summary>What each version of the thin-provisioning-tools printed: from 1.0 on they are other programs than before.</summary>
public class RecordedMetadataTests
{
    private const long Chunk = 65536;

    private const string Asked = "thin_delta --metadata-snap --thin1 1 --thin2 2 /dev/mapper/vg0-pool_tmeta";

    public static TheoryData<string> Versions => new(Recording.ToolVersions);

    [Theory]
    [MemberData(nameof(Versions))]
    public void Differences_are_read(string version)
    {
        var recordings = Recording.ReadTools(version);
        Assert.Equal((version, Asked), (recordings["thin_delta-version"].Result.Output.Trim(), recordings["thin_delta"].Command));
        Extent[] changed = [new(10 * Chunk, 2 * Chunk), new(30 * Chunk, Chunk), new(40 * Chunk, 3 * Chunk), new(50 * Chunk, Chunk)];
        Assert.Equal(changed, ReadDelta(recordings["thin_delta"]));
        Assert.Equal(changed, ReadDelta(recordings["thin_delta-back"]));
        Assert.Empty(ReadDelta(recordings["thin_delta-same"]));
        Assert.Empty(ReadDelta(recordings["thin_delta-self"]));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Failures_are_no_differences(string version)
    {
        var recordings = Recording.ReadTools(version);
        foreach (var name in new[] { "thin_delta-not-reserved", "thin_delta-missing", "thin_delta-no-device" })
        {
            Assert.NotEqual(0, recordings[name].Result.ExitStatus);
            Assert.Throws<BdSyncException>(() => ReadDelta(recordings[name]));
        }
    }

    // Cut anywhere before the end of the difference.
    [Theory]
    [MemberData(nameof(Versions))]
    public void An_output_that_is_cut_is_refused(string version)
    {
        var output = Recording.ReadTools(version)["thin_delta"].Result.Output;
        for (var length = 0; length < output.IndexOf("</diff>", StringComparison.Ordinal); length++)
        {
            Assert.Throws<BdSyncException>(() => ThinDelta.Read(Open(output[..length])));
        }
    }

    // One takes the block of the metadata snapshot, which stands in the device's status; the other finds it by itself, and takes none.
    [Theory]
    [MemberData(nameof(Versions))]
    public void Writes_since_an_era_are_read(string version)
    {
        var recordings = Recording.ReadTools(version);
        var kind = recordings["era_invalidate-2"].Result.ExitStatus == 0 ? "era_invalidate" : "era_invalidate-at";
        Assert.Equal([new(0, 256 * Chunk)], ReadWrites(recordings[kind + "-0"]));
        Assert.Equal([new(0, 100 * Chunk)], ReadWrites(recordings[kind + "-1"]));
        Assert.Equal([new(5 * Chunk, 2 * Chunk), new(9 * Chunk, Chunk)], ReadWrites(recordings[kind + "-2"]));
        Assert.Empty(ReadWrites(recordings[kind + "-3"]));
        Assert.Empty(ReadWrites(recordings[kind + "-99"]));
        Assert.NotEqual(0, recordings["era_invalidate-not-taken"].Result.ExitStatus);
        Assert.Throws<BdSyncException>(() => ReadWrites(recordings["era_invalidate-not-taken"]));
    }

    private static IReadOnlyList<Extent> ReadDelta(Recording recording) => ThinDelta.Read(Open(recording.Result.Output));

    private static IReadOnlyList<Extent> ReadWrites(Recording recording) => EraWrites.Read(Open(recording.Result.Output), Chunk);

    private static MemoryStream Open(string output) => new(Encoding.UTF8.GetBytes(output));
}
