using BdSync.Cli.Output;

namespace BdSync.Cli.Tests.Output;

public class ShortTimeTests
{
    [Theory]
    [InlineData(0, "0.0s")]
    [InlineData(59.94, "59.9s")]
    [InlineData(59.96, "1m00s")]
    [InlineData(3599.4, "59m59s")]
    [InlineData(93605, "26h00m05s")]
    public void Durations(double seconds, string expected) => Assert.Equal(expected, new ShortTime(seconds).ToString());
}
