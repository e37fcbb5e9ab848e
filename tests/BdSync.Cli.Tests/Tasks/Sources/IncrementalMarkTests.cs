using BdSync.Cli.Tasks.Sources;
using FsCheck;
using FsCheck.Xunit;

namespace BdSync.Cli.Tests.Tasks.Sources;

/// <summary>The tag of a kept snapshot.</summary>
public class IncrementalMarkTests
{
    [Property]
    public void A_mark_comes_back_from_its_tag(NonNegativeInt source, NonNegativeInt target, PositiveInt runs, bool position)
    {
        var mark = new IncrementalMark("0a1b", "ABCdef-0123-4567", "00ff", source.Get, target.Get, runs.Get, position ? "ffee.12" : "");
        Assert.Equal(mark, IncrementalMark.TryParse(mark.Tag));
    }

    [Theory]
    [InlineData("bdsync")]
    [InlineData("bdsync.task=x")]
    [InlineData("bdsync.synced=2:w:o:t:1:1:1:")]
    [InlineData("bdsync.synced=1:w:o:t:1:1:1")]
    [InlineData("bdsync.synced=1:w:o:t:1:1:1:1:1")]
    [InlineData("bdsync.synced=1:w:o:t:1:1:0:")]
    [InlineData("bdsync.synced=1:w:o:t:-1:1:1:")]
    [InlineData("bdsync.synced=1:w:o:t:1:x:1:")]
    [InlineData("bdsync.synced=1:w:o:t:1:1:99999999999:")]
    public void Another_tag_is_no_mark(string tag) => Assert.Null(IncrementalMark.TryParse(tag));
}
