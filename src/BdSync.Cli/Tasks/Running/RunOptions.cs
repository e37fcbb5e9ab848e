using BdSync.Cli.Output;
using BdSync.Cli.Output.Live;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Running;

/// <summary>What the command line says of a run.</summary>
internal sealed record RunOptions
{
    /// <summary>The task file.</summary>
    public required string ConfigurationPath { get; init; }

    /// <summary>The tasks to run, in this order, as often as they are named; none for all of the file's.</summary>
    public IReadOnlyList<string> TaskNames { get; init; } = [];

    /// <summary>Settings, as <c>--set</c> has them: <c>KEY=VALUE</c> or <c>TASK.KEY=VALUE</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Compare only, and say what would be done.</summary>
    public bool DryRun { get; init; }

    /// <summary>How many tasks run at once, each with another host: at least 1.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Where to write what the run did, as JSON; null for nowhere.</summary>
    public string? ReportPath { get; init; }

    /// <summary>The file of metrics to write the run into; null for none.</summary>
    public string? MetricsPath { get; init; }

    /// <summary>The folder that has the past runs; null for none.</summary>
    public string? StateFolder { get; init; }

    /// <summary>Whether a table ends what is said.</summary>
    public bool ShowsSummary { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    public LogFormat LogFormat { get; init; }

    /// <summary>When the run is shown while it goes on.</summary>
    public LiveMode Live { get; init; }

    /// <summary>The name that the program was called by.</summary>
    public string ProgramName { get; init; } = "bdsync";
}
