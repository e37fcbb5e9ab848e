using BdSync.Cli.Output.Live;
using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Running;
using BdSync.Cli.Tasks.Watching;
using BdSync.Cli.Tests.Output.Live;

namespace BdSync.Cli.Tests.Tasks.Watching;

public sealed class TaskWatchTests
{
    private readonly StillTime time = new();

    [Fact]
    public void Every_phase_has_a_word_that_fits()
    {
        var report = CreateReport();
        var watch = new TaskWatch(report, time);
        foreach (var phase in Enum.GetValues<TaskPhase>())
        {
            report.Begin(phase);
            var entry = watch.Observe(isStopping: false);
            Assert.InRange(entry.Word.Length, 1, LiveColumns.WordWidth);
            Assert.InRange(new TaskWatch(report, time).Observe(isStopping: true).Word.Length, 1, LiveColumns.WordWidth);
            Assert.Equal(phase is TaskPhase.Waiting ? LiveState.Waiting : phase is TaskPhase.Ended ? LiveState.Failed : LiveState.Running, entry.State);
        }
    }

    [Theory]
    [InlineData(TaskDirection.Push, 300, 100)]
    [InlineData(TaskDirection.Pull, 100, 300)]
    internal void A_comparison_shows_its_rates_by_source_and_target(TaskDirection direction, long source, long target)
    {
        var report = CreateReport(direction);
        var watch = new TaskWatch(report, time);
        report.Begin(TaskPhase.Comparing);
        for (var second = 0; second <= 4; second++)
        {
            report.Report(new(23, second * 100, 800, false) { DifferingBytes = second, Statistics = new() { LocalBytesRead = second * 300, RemoteBytesRead = second * 100 } });
            watch.Observe(isStopping: false);
            time.Advance(second == 4 ? 0 : 1);
        }

        var entry = watch.Observe(isStopping: false);
        Assert.Equal((0.5, source, target, 4), (entry.Fraction, entry.SourceRate, entry.TargetRate, entry.DifferingBytes));
        Assert.Equal(TimeSpan.FromSeconds(4), entry.Remaining);

        report.Begin(TaskPhase.Transferring);
        time.Advance(9);
        Assert.Equal(new LiveEntry("data", LiveState.Running, "transfer") { Elapsed = TimeSpan.FromSeconds(9), DifferingBytes = 4 }, watch.Observe(isStopping: false));
    }

    [Fact]
    public void An_empty_device_is_compared_whole()
    {
        var report = CreateReport();
        report.Begin(TaskPhase.Comparing);
        report.Report(new(23, 0, 0, false));

        Assert.Equal(1, new TaskWatch(report, time).Observe(isStopping: false).Fraction);
    }

    [Theory]
    [InlineData(TaskOutcome.Succeeded, LiveState.Done, "done", null)]
    [InlineData(TaskOutcome.Failed, LiveState.Failed, "failed", "It broke.")]
    [InlineData(TaskOutcome.Cancelled, LiveState.Stopped, "stopped", null)]
    [InlineData(TaskOutcome.Disabled, LiveState.Skipped, "disabled", null)]
    internal void What_has_ended_shows_how(TaskOutcome outcome, LiveState state, string word, string? note)
    {
        var report = CreateReport();
        report.Outcome = outcome;
        report.Error = "It broke.";
        report.Elapsed = TimeSpan.FromSeconds(5);
        report.DifferingBytes = 17;
        report.Begin(TaskPhase.Ended);

        var entry = new TaskWatch(report, time).Observe(isStopping: false);

        Assert.Equal((state, word, note, 17), (entry.State, entry.Word, entry.Note, entry.DifferingBytes));
    }

    [Fact]
    public void After_a_signal_what_waits_is_not_run()
    {
        var watch = new RunWatch([CreateReport()], time, new CancellationToken(canceled: true));

        Assert.Equal("not run", Assert.Single(watch.Observe()).Word);
    }

    private TaskReport CreateReport(TaskDirection direction = TaskDirection.Push) =>
        new(new() { Name = "data", SourcePath = "/s", TargetPath = "/t", Direction = direction }, time);
}
