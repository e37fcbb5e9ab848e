using BdSync.Cli.Tasks.Reports.Metrics;
using FsCheck.Xunit;

namespace BdSync.Cli.Tests.Tasks.Reports;

public class MetricTextTests
{
    [Property]
    public void Labels_of_any_text_come_back(string? name, string? config)
    {
        var sample = new MetricSample(MetricCatalog.TaskInfo, [new(MetricCatalog.TaskLabel, name ?? ""), new(MetricCatalog.ConfigLabel, config ?? "")], "1");

        var read = Assert.Single(MetricText.Read(MetricText.Write([sample]), out var skipped));

        Assert.Equal((0, sample.Name, sample.Value), (skipped, read.Name, read.Value));
        Assert.Equal(sample.Labels, read.Labels);
    }

    [Property]
    public void No_text_is_too_strange_to_be_read(string? text) => MetricText.Read(text ?? "", out _);

    [Fact]
    public void It_is_the_text_format_of_Prometheus()
    {
        MetricSample[] samples =
        [
            new(MetricCatalog.RunSuccess, [new(MetricCatalog.TaskLabel, "z")], "0"),
            new(MetricCatalog.LastSuccess, [new(MetricCatalog.TaskLabel, "a\\\"\nb")], "12.5"),
            new(MetricCatalog.RunSuccess, [new(MetricCatalog.TaskLabel, "a")], "1"),
        ];

        Assert.Equal(
            """
            # HELP bdsync_task_last_success_timestamp_seconds When the task succeeded last, in seconds since 1970; 0 for never.
            # TYPE bdsync_task_last_success_timestamp_seconds gauge
            bdsync_task_last_success_timestamp_seconds{task="a\\\"\nb"} 12.5
            # HELP bdsync_task_last_run_success Whether the task's last run succeeded: 1 or 0.
            # TYPE bdsync_task_last_run_success gauge
            bdsync_task_last_run_success{task="a"} 1
            bdsync_task_last_run_success{task="z"} 0

            """,
            MetricText.Write(samples));
    }

    [Theory]
    [InlineData("node_load1 0.5")]
    [InlineData("node_load1{} 0.5")]
    [InlineData("bdsync_task_info{task=\"a\"}")]
    [InlineData("bdsync_task_info{task=\"a\"} many")]
    [InlineData("bdsync_task_info{task=\"a\"} +Inf")]
    [InlineData("bdsync_task_info{task=\"a")]
    [InlineData("bdsync_task_info{task=\"a\\")]
    [InlineData("bdsync_task_info{task} 1")]
    public void What_is_no_metric_of_this_program_is_counted(string line)
    {
        Assert.Empty(MetricText.Read($"# a comment\n{line}\n", out var skipped));
        Assert.Equal(1, skipped);
    }
}
