using BdSync.Cli.Tasks.Running;
using BdSync.Protocol;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Tasks.Running;

public sealed class ChangedProgressTests
{
    [Fact]
    public void Positions_count_what_is_compared_only()
    {
        Extent[] extents = [new(800, 100), new(100, 100), new(150, 100), new(400, 0), new(120, 10)];
        Assert.Equal([0, 0, 0, 50, 150, 150, 150, 160, 250], Enumerable.Select([0L, 50, 100, 150, 250, 300, 800, 810, 1000], position => Map(extents, new(1, position, 1000, false)).Position));
        Assert.Equal(250, Map(extents, new(1, 0, 1000, false)).Length);
        Assert.Equal(150, Map(extents, new(1, 0, 700, false)).Length);
    }

    [Fact]
    public void The_end_is_the_end_and_the_rest_stays()
    {
        var mapped = Map([new(100, 100)], new SyncProgress(5, 150, 1000, true) { DifferingBytes = 3 });

        Assert.Equal(new SyncProgress(5, 100, 100, true) { DifferingBytes = 3 }, mapped);
    }

    [Fact]
    public void Nothing_may_have_changed() => Assert.Equal(new SyncProgress(5, 0, 0, false), Map([], new(5, 10, 20, false)));

    private static SyncProgress Map(Extent[] extents, SyncProgress progress)
    {
        var recorded = new RecordingProgress<SyncProgress>();
        new ChangedProgress(recorded, extents).Report(progress);
        return recorded.Reports[^1];
    }
}
