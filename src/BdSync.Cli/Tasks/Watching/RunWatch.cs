using BdSync.Cli.Output;
using BdSync.Cli.Output.Live;
using BdSync.Cli.Tasks.Running;

namespace BdSync.Cli.Tasks.Watching;

/// <summary>Watches all tasks of a run, for a view.</summary>
/// <param name="reports">The tasks' reports.</param>
/// <param name="time">Tells the time.</param>
/// <param name="cancellationToken">Says that a signal has come.</param>
internal sealed class RunWatch(IReadOnlyList<TaskReport> reports, TimeProvider time, CancellationToken cancellationToken) : ILiveSource
{
    private readonly List<TaskWatch> tasks = [.. reports.Select(report => new TaskWatch(report, time))];

    public LiveLabels Labels { get; } = new("task", "source", "target");

    /// <summary>Shows a run on the terminal, where there is one and it is wanted there.</summary>
    /// <returns>What ends the view when it is disposed of; null where there is none.</returns>
    public static LiveView? Show(RunOptions options, IReadOnlyList<TaskReport> reports, CancellationToken cancellationToken) =>
        options.Live == LiveMode.Auto && options.LogFormat == LogFormat.Text && LiveView.IsPossible
            ? LiveView.Show(new RunWatch(reports, TimeProvider.System, cancellationToken))
            : null;

    public IReadOnlyList<LiveEntry> Observe() => tasks.ConvertAll(task => task.Observe(cancellationToken.IsCancellationRequested));
}
