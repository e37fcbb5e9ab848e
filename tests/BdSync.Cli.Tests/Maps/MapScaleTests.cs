using BdSync.Cli.Maps;
using BdSync.Protocol;

namespace BdSync.Cli.Tests.Maps;

public class MapScaleTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(99, 1)]
    [InlineData(100, 2)]
    [InlineData(999, 2)]
    [InlineData(1000, 3)]
    [InlineData(4999, 3)]
    [InlineData(5000, 4)]
    [InlineData(10_000, 4)]
    [InlineData(20_000, 4)]
    public void The_level_of_a_cell_is_its_share(long changed, int level) =>
        Assert.Equal(level, new MapScale(1).GetLevel(new(new Extent(0, 10_000), changed, 1)));

    [Fact]
    public void Of_several_the_strongest_level_is_for_all_and_each_count_has_its_place_in_the_legend()
    {
        for (var count = 2; count <= 1100; count++)
        {
            var scale = new MapScale(count);
            var levels = Enumerable.Range(0, count + 1).Select(touching => scale.GetLevel(new(new Extent(0, 1), 1, touching))).ToList();
            Assert.Equal(levels.Order(), levels);
            Assert.Equal((0, 1), (levels[0], levels.Count(level => level == 0)));
            Assert.Equal((MapScale.MaxLevel, 1), (levels[^1], levels.Count(level => level == MapScale.MaxLevel)));
            Assert.Equal(levels.Distinct(), scale.GetLegend().Select(entry => entry.Level));
        }
    }

    [Fact]
    public void The_legend_says_which_counts_have_a_level() =>
        Assert.Equal(["in none", "in 1 to 2", "in 3 to 4", "in 5 to 6", "in all 7"], new MapScale(7).GetLegend().Select(entry => entry.Meaning));
}
