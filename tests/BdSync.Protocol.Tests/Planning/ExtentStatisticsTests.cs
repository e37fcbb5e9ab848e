using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Tests.Planning;

public class ExtentStatisticsTests
{
    [Fact]
    public void Extents_that_follow_each_other_are_one_up_to_the_largest_offset()
    {
        var statistics = new ExtentStatistics();
        statistics.Add(new(0, long.MaxValue - 5));
        statistics.Add(new(long.MaxValue - 5, 5));
        statistics.Add(new(long.MaxValue, 0));
        Assert.Equal([new Extent(0, long.MaxValue)], statistics.GetSummary().Largest);
        Assert.Equal((1, long.MaxValue, true), (statistics.GetSummary().Count, statistics.GetSummary().Length, statistics.GetSummary().IsAscending));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    public void What_is_no_extent_is_refused(long offset, long length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExtentStatistics().Add(new(offset, length)));

    [Fact]
    public void What_ends_behind_the_largest_offset_or_cannot_be_counted_is_refused()
    {
        var statistics = new ExtentStatistics();
        Assert.Throws<OverflowException>(() => statistics.Add(new(long.MaxValue, 1)));
        statistics.Add(new(0, long.MaxValue));
        Assert.Throws<OverflowException>(() => statistics.Add(new(0, 1)));
    }

    [Fact]
    public void A_summary_stays_as_it_is()
    {
        var statistics = new ExtentStatistics();
        statistics.Add(new(0, 10));
        var summary = statistics.GetSummary();
        statistics.Add(new(10, 10));
        statistics.Add(new(30, 1));
        Assert.Equal((1, 10), (summary.Count, summary.Length));
        Assert.Equal([new Extent(0, 10)], summary.Largest);
        Assert.Equal([new Extent(30, 1), new Extent(0, 20)], statistics.GetSummary().Smallest);
    }

    [Fact]
    public void Of_many_the_first_of_the_largest_and_of_the_smallest_are_listed()
    {
        var statistics = new ExtentStatistics();
        for (var index = 0; index < 1000; index++)
        {
            statistics.Add(new(index * 100, (index % 20) + 1));
        }

        var summary = statistics.GetSummary();
        Assert.Equal(Enumerable.Range(0, ExtentStatistics.MaxListed).Select(index => new Extent((19 + (20 * index)) * 100, 20)), summary.Largest);
        Assert.Equal(Enumerable.Range(0, ExtentStatistics.MaxListed).Select(index => new Extent(20 * index * 100, 1)), summary.Smallest);
    }
}
