using BdSync.Cli.Output;
using BdSync.Cli.Tasks.Reports;
using BdSync.Cli.Tasks.Reports.History;
using BdSync.Cli.Tasks.Reports.Records;

namespace BdSync.Cli.Tests.Tasks.Reports;

public class ReportTableTests
{
    private static readonly RunRecord Run = SampleRecords.Run(
        SampleRecords.Time, SampleRecords.Task("data"), SampleRecords.Task("a long name \u001b[2J \u202e 日本", TaskResult.Failure, 3700, null), SampleRecords.Task("off", TaskResult.Disabled, 0, null));

    [Fact]
    public void A_summary_has_a_line_for_each_task_and_a_total() => Assert.Equal(
        """
        Task                       Result      Source  Target  Differs   Patch      Time
        data                       ok          1.0GiB  1.0GiB   4.0KiB  4.0KiB     1m15s
        a long name [2J  日本    FAILED      1.0GiB  1.0GiB        -       -  1h01m40s
        off                        disabled    1.0GiB  1.0GiB        -       -         -
        -------------------------  ----------  ------  ------  -------  ------  --------
        Total: 3                   1 of 2 ok   3.0GiB  3.0GiB   4.0KiB  4.0KiB     1m40s
        """.Split('\n').Select(Squeeze),
        SummaryTable.Write(Run, null).Select(Squeeze));

    [Theory]
    [InlineData(200)]
    [InlineData(60)]
    [InlineData(40)]
    [InlineData(20)]
    [InlineData(10)]
    [InlineData(1)]
    public void Tables_fit_into_any_terminal(int width)
    {
        foreach (var line in SummaryTable.Write(Run, width).Concat(HistoryTable.Write([Run, Run], TimeZoneInfo.Utc, width, isUtf8: false)))
        {
            Assert.True(CellText.Measure(line) <= width, line);
            Assert.DoesNotContain(line, char.IsControl);
        }
    }

    [Fact]
    public void History_has_runs_and_bars()
    {
        var lines = HistoryTable.Write([Run, SampleRecords.Run(SampleRecords.Time, SampleRecords.Task("data", seconds: 150))], TimeZoneInfo.Utc, null, isUtf8: true).Select(Squeeze).ToList();

        Assert.Equal("2026-11-23 02:30 data ok 1.0GiB 4.0KiB 4.0KiB - 1m15s", lines[1]);
        Assert.Contains("data time ▅█ 1m15s 2m30s", lines);
        Assert.Contains("differs ██ 4.0KiB 4.0KiB", lines);
        Assert.Contains("differs x - -", lines);
        Assert.DoesNotContain(lines, line => line.Contains("off", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, "0.0s")]
    [InlineData(59.94, "59.9s")]
    [InlineData(59.96, "1m00s")]
    [InlineData(3599.4, "59m59s")]
    [InlineData(93605, "26h00m05s")]
    public void Durations(double seconds, string expected) => Assert.Equal(expected, new ShortTime(seconds).ToString());

    [Theory]
    [InlineData("", "")]
    [InlineData("_", "0")]
    [InlineData("_#", "0,1")]
    [InlineData("_=#x", "0,5,10,")]
    [InlineData("xx", ",")]
    public void Bars_without_more_than_ASCII(string expected, string values) => Assert.Equal(
        expected, Sparkline.Write([.. values.Length == 0 ? [] : values.Split(',').Select(value => value.Length == 0 ? (double?)null : double.Parse(value, System.Globalization.CultureInfo.InvariantCulture))], isUtf8: false));

    // How wide columns are depends on the font.
    private static string Squeeze(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.Any(character => character != '-') || word.Length == 1));
}
