using BdSync.Cli.Output.Live;

namespace BdSync.Cli.Tests.Output.Live;

public sealed class LiveNumbersTests
{
    [Theory]
    [InlineData(0, "0B")]
    [InlineData(-5, "0B")]
    [InlineData(999, "999B")]
    [InlineData(1000, "0.98KiB")]
    [InlineData(1024, "1.00KiB")]
    [InlineData(10_235, "10.0KiB")]
    [InlineData(102_400, "100KiB")]
    [InlineData(1_023_000, "999KiB")]
    [InlineData(1_023_900, "0.98MiB")]
    [InlineData(13_002_342, "12.4MiB")]
    [InlineData(long.MaxValue, "8.00EiB")]
    public void Sizes_have_three_digits(long bytes, string expected) => Assert.Equal(expected, LiveNumbers.FormatSize(bytes));

    [Theory]
    [InlineData(0, "0:00", "0:00 left")]
    [InlineData(-1, "0:00", "0:00 left")]
    [InlineData(245, "4:05", "4:05 left")]
    [InlineData(35 * 60 + 7, "35:07", "35m left")]
    [InlineData(3600 + 245, "1:04:05", "1h04 left")]
    [InlineData(35 * 3600, "35:00:00", "35h left")]
    [InlineData(100 * 3600, "4d 4h", "4d left")]
    [InlineData(1e11, "999d 9h", "")]
    public void Times_are_the_coarser_the_longer_they_are(double seconds, string elapsed, string remaining)
    {
        Assert.Equal(elapsed, LiveNumbers.FormatElapsed(TimeSpan.FromSeconds(seconds)));
        Assert.Equal(remaining, LiveNumbers.FormatRemaining(TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public void Nothing_is_wider_than_its_column()
    {
        for (var value = 1L; value > 0; value = value > long.MaxValue / 3 ? -1 : value * 3 - 1)
        {
            Assert.InRange(LiveNumbers.FormatSize(value).Length, 1, LiveNumbers.SizeWidth);
            Assert.InRange(LiveNumbers.FormatRate(value).Length, 1, LiveNumbers.RateWidth);
            Assert.InRange(LiveNumbers.FormatElapsed(TimeSpan.FromTicks(value)).Length, 1, LiveNumbers.TimeWidth);
            Assert.InRange(LiveNumbers.FormatRemaining(TimeSpan.FromTicks(value)).Length, 0, LiveNumbers.TimeWidth);
        }
    }

    [Theory]
    [InlineData(-1, "0%")]
    [InlineData(0.999999, "99%")]
    [InlineData(1, "100%")]
    [InlineData(7, "100%")]
    public void All_is_done_only_at_the_end(double fraction, string expected) => Assert.Equal(expected, LiveNumbers.FormatPercentage(fraction));
}
