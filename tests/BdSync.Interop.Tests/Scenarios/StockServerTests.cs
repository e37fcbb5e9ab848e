using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Scenarios;

/// <summary>What this project's client adds works with the stock tool's server: the patch is the one of the stock pair.</summary>
public class StockServerTests(ScatteredDevices devices) : IClassFixture<ScatteredDevices>
{
    private readonly WorkFolder folder = devices.Folder;

    [Theory]
    [InlineData("--channels=2", "")]
    [InlineData("--channels=4", "--twopass --checksum=md5")]
    [InlineData("--channels=2", "--remdata --blocksize=65536")]
    [InlineData("--hash=auto", "")]
    [InlineData("--hash=auto", "--checksum=md5")]
    [InlineData("--hash=auto", "--remdata --checksum=md5")]
    [InlineData("--hash=auto --channels=2", "--remdata")]
    public async Task The_patch_is_the_one_of_the_stock_pair(string added, string common)
    {
        var stock = Tool.Require(Implementation.Stock);
        var server = Tool.ServerCommand(Implementation.Stock);
        var expected = await folder.RunAsync(stock, [.. Split(common), server, ScatteredDevices.Source, ScatteredDevices.Target]);

        var result = await folder.RunAsync(Tool.Ours, [.. Split(added), .. Split(common), "-v", server, ScatteredDevices.Source, ScatteredDevices.Target]);

        expected.ShouldExitWith(0);
        result.ShouldExitWith(0);
        Assert.Equal(expected.Output, result.Output.AsSpan());
        var measured = added.Contains("auto", StringComparison.Ordinal) ? 3 : 0;
        Assert.Equal(measured, result.ErrorLines.Count(line => line.Contains("GB/s", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--remdata --checksum=md5")]
    [InlineData("--twopass --checksum=sha1")]
    public async Task A_local_comparison_gives_the_patch_of_the_stock_pair(string options)
    {
        var stock = Tool.Require(Implementation.Stock);
        var expected = await folder.RunAsync(stock, [.. Split(options), Tool.ServerCommand(Implementation.Stock), ScatteredDevices.Source, ScatteredDevices.Target]);

        var result = await folder.RunAsync(Tool.Ours, ["--local", .. Split(options), ScatteredDevices.Source, ScatteredDevices.Target]);

        expected.ShouldExitWith(0);
        result.ShouldExitWith(0);
        Assert.Equal(expected.Output, result.Output.AsSpan());
    }

    [Theory]
    [InlineData("xxh128")]
    [InlineData("xxh64")]
    public async Task A_digest_that_the_stock_server_lacks_ends_with_10_and_nothing_is_written(string digest)
    {
        var server = Tool.ServerCommand(Implementation.Stock);

        var result = await folder.RunAsync(Tool.Ours, [$"--hash={digest}", server, ScatteredDevices.Source, ScatteredDevices.Target]);

        result.ShouldExitWith(10).ShouldExplainItselfBriefly();
        Assert.Empty(result.Output);
    }

    private static string[] Split(string options) => options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
