using BdSync.Cli.Output.Live;

namespace BdSync.Cli.Tests.Output.Live;

public sealed class ComparisonSourceTests
{
    private readonly StillTime time = new();

    [Fact]
    public void A_comparison_is_shown_from_its_beginning_to_its_end()
    {
        var source = new ComparisonSource(time);
        Assert.Equal(new LiveEntry("", LiveState.Running, "compare") { Elapsed = TimeSpan.Zero }, Assert.Single(source.Observe()));

        for (var second = 0; second <= 10; second++)
        {
            source.Report(new(23, second * 100, 2000, false) { DifferingBytes = 7, Statistics = new() { LocalBytesRead = second * 300, RemoteBytesRead = second * 100 } });
            source.Observe();
            time.Advance(1);
        }

        var entry = Assert.Single(source.Observe());
        Assert.Equal((0.5, 240, 80, 7), (entry.Fraction, entry.SourceRate, entry.TargetRate, entry.DifferingBytes));
        Assert.InRange(entry.Remaining!.Value.TotalSeconds, 9, 12);

        source.Report(new(23, 2000, 2000, true) { DifferingBytes = 7 });
        source.End();
        Assert.Equal(new LiveEntry("", LiveState.Done, "done") { Fraction = 1, Elapsed = TimeSpan.FromSeconds(11), DifferingBytes = 7 }, Assert.Single(source.Observe()));
    }

    [Fact]
    public void One_that_is_not_completed_was_stopped()
    {
        var source = new ComparisonSource(time);
        source.Report(new(23, 0, 0, false));
        source.End();

        Assert.Equal(LiveState.Stopped, Assert.Single(source.Observe()).State);
    }

    [Fact]
    public void Without_a_terminal_there_is_a_line_now_and_then()
    {
        List<string> lines = [];
        var progress = new PlainProgress(lines.Add, time);
        for (var second = 0; second < 25; second++)
        {
            for (var report = 0; report < 3; report++)
            {
                progress.Report(new(23, second * 1000, 25_000, false) { DifferingBytes = 4096, Statistics = new() { LocalBytesRead = second * 1024, RemoteBytesRead = second * 2048 } });
            }

            time.Advance(1);
        }

        progress.Report(new(23, 25_000, 25_000, true) { DifferingBytes = 8192 });

        Assert.Equal(
            [
                "bdsync: 40% of 24.4KiB, 1.00KiB/s local, 2.00KiB/s remote, 0:15 left, 4.00KiB differ",
                "bdsync: 80% of 24.4KiB, 1.00KiB/s local, 2.00KiB/s remote, 0:05 left, 4.00KiB differ",
                "bdsync: 100%, 24.4KiB compared in 0:25, 8.00KiB differ",
            ],
            lines);
    }
}
