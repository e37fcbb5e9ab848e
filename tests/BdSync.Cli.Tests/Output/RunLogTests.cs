using System.Text.Json;
using BdSync.Cli.Output;
using BdSync.Cli.Tasks.Running;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tests.Output;

public class RunLogTests
{
    private readonly List<string> lines = [];

    [Fact]
    public void Lines_look_as_those_of_bdsync_manager()
    {
        var log = Create(LogLevel.Debug, LogFormat.Text);

        log.GetLogger("data").PatchGenerated(new(TimeSpan.FromTicks(410_234_500)));
        log.GetLogger("data").PatchStored(new(1536));
        log.GetLogger(null).SkippingUnknownTask("nope");

        Assert.Equal("[Task data] INFO: Patch Generate Time: 0:00:41.023450", lines[0]);
        Assert.Equal("[Task data] INFO: Patch Size: 1.5KiB", lines[1]);
        Assert.Matches(@"^\[bdsync-manager\] \d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - Skipping unknown task: nope$", lines[2]);
    }

    [Theory]
    [InlineData(LogLevel.Debug, 3)]
    [InlineData(LogLevel.Information, 2)]
    [InlineData(LogLevel.Warning, 1)]
    [InlineData(LogLevel.Error, 0)]
    public void What_is_below_the_level_is_left_out(LogLevel minimum, int expected)
    {
        var logger = Create(minimum, LogFormat.Text).GetLogger("data");

        logger.RemovingPatchFile("/p");
        logger.Verified();
        logger.CreatingTarget("/t");

        Assert.Equal(expected, lines.Count);
    }

    [Fact]
    public void A_line_of_json_has_the_values_of_its_message()
    {
        var log = Create(LogLevel.Debug, LogFormat.Json);

        log.GetLogger("data").PatchStored(new(1536));
        log.GetLogger("data").PatchGenerated(new(TimeSpan.FromSeconds(1.5)));
        log.GetLogger(null).ConfigurationError("a \"quoted\"\nline");

        var stored = JsonDocument.Parse(lines[0]).RootElement;
        Assert.Equal("info", stored.GetProperty("level").GetString());
        Assert.Equal("data", stored.GetProperty("task").GetString());
        Assert.Equal("Patch Size: 1.5KiB", stored.GetProperty("message").GetString());
        Assert.Equal(1536, stored.GetProperty("patch_bytes").GetInt64());
        Assert.EndsWith("Z", stored.GetProperty("time").GetString(), StringComparison.Ordinal);
        Assert.Equal(1.5, JsonDocument.Parse(lines[1]).RootElement.GetProperty("generate_seconds").GetDouble());
        Assert.DoesNotContain('\n', lines[2]);
        Assert.False(JsonDocument.Parse(lines[2]).RootElement.TryGetProperty("task", out _));
    }

    // The sizes and what becomes of them were recorded from bdsync-manager.
    [Theory]
    [InlineData(0, "0.0B")]
    [InlineData(46, "46.0B")]
    [InlineData(1023, "1023.0B")]
    [InlineData(1024, "1.0KiB")]
    [InlineData(1536, "1.5KiB")]
    [InlineData(1047552, "1023.0KiB")]
    [InlineData(1048575, "1024.0KiB")]
    [InlineData(1048576, "1.0MiB")]
    [InlineData(1073741823, "1024.0MiB")]
    [InlineData(1073741824, "1.0GiB")]
    [InlineData(long.MaxValue, "8.0EiB")]
    public void Sizes_have_one_decimal(long bytes, string expected) => Assert.Equal(expected, new DataSize(bytes).ToString());

    [Theory]
    [InlineData(0, "0:00:00.000000")]
    [InlineData(1.044658, "0:00:01.044658")]
    [InlineData(100000.5, "27:46:40.500000")]
    public void Times_have_microseconds(double seconds, string expected) => Assert.Equal(expected, new ElapsedTime(TimeSpan.FromSeconds(seconds)).ToString());

    private RunLog Create(LogLevel minimum, LogFormat format) => new("bdsync-manager", minimum, format, lines.Add, TimeProvider.System);
}
