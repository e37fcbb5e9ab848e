using BdSync.Cli.CommandLine;
using BdSync.Cli.Output;

namespace BdSync.Cli.Tests.Output;

public sealed class ProgressPrinterTests : IDisposable
{
    private readonly StringWriter output = new();
    private readonly ManualTime time = new();

    public void Dispose() => output.Dispose();

    [Fact]
    public void Lines_are_those_of_the_C_tool()
    {
        var printer = new ProgressPrinter(ProgressStyle.Scroll, output, time);
        printer.Report(new(23, 0, 300000, false));
        time.Advance(TimeSpan.FromSeconds(0.25));
        printer.Report(new(23, 75000, 300000, false));
        time.Advance(TimeSpan.FromSeconds(0.75));
        printer.Report(new(4140, 300000, 300000, true));

        Assert.Equal(
            """
            PROGRESS:000%,23,0,300000,-,-
            PROGRESS:025%,23,75000,300000,0.250,0.750@
            PROGRESS:100%,4140,300000,300000,1.000,0.000@

            """.Replace("@", "        ", StringComparison.Ordinal),
            output.ToString());
    }

    [Fact]
    public void Noscroll_ends_each_report_with_a_carriage_return()
    {
        var printer = new ProgressPrinter(ProgressStyle.NoScroll, output, time);
        printer.Report(new(23, 0, 100, false));

        Assert.Equal("PROGRESS:000%,23,0,100,-,-\r", output.ToString());
    }

    [Fact]
    public void A_line_comes_only_when_the_percentage_or_the_second_changes()
    {
        var printer = new ProgressPrinter(ProgressStyle.Scroll, output, time);
        for (var position = 0; position <= 10_000; position++)
        {
            printer.Report(new(23, position, 10_000, false));
        }

        Assert.Equal(100, CountLines());

        time.Advance(TimeSpan.FromSeconds(1));
        printer.Report(new(23, 10_000, 10_000, false));
        printer.Report(new(23, 10_000, 10_000, false));
        Assert.Equal(101, CountLines());
    }

    // The C tool divides by zero here.
    [Fact]
    public void An_empty_device_is_done_at_once()
    {
        var printer = new ProgressPrinter(ProgressStyle.Scroll, output, time);
        printer.Report(new(23, 0, 0, false));
        printer.Report(new(34, 0, 0, true));

        Assert.Equal("PROGRESS:000%,23,0,0,-,-\nPROGRESS:100%,34,0,0,-,-\n", output.ToString());
    }

    [Fact]
    public void The_largest_device_does_not_overflow()
    {
        var printer = new ProgressPrinter(ProgressStyle.Scroll, output, time);
        printer.Report(new(23, long.MaxValue / 2, long.MaxValue, false));

        Assert.StartsWith("PROGRESS:049%,23,4611686018427387903,9223372036854775807,", output.ToString(), StringComparison.Ordinal);
    }

    private int CountLines() => output.ToString().Count(character => character == '\n');

    private sealed class ManualTime : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan span) => ticks += span.Ticks;
    }
}
