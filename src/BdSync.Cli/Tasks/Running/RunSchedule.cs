namespace BdSync.Cli.Tasks.Running;

/// <summary>Which task runs when: in their order, several at once only where their hosts differ.</summary>
internal static class RunSchedule
{
    /// <summary>Runs all tasks; those that wait when it is cancelled are not begun.</summary>
    /// <param name="reports">The tasks' reports.</param>
    /// <param name="parallel">How many may run at once: at least 1.</param>
    /// <param name="run">Runs one; must not throw.</param>
    /// <param name="cancellationToken">Keeps further tasks from being begun.</param>
    /// <returns>The reports of those that were begun, in their order.</returns>
    public static async Task<IReadOnlyList<TaskReport>> RunAsync(
        IReadOnlyList<TaskReport> reports, int parallel, Func<TaskReport, Task> run, CancellationToken cancellationToken)
    {
        var waiting = reports.Index().ToList();
        var running = new Dictionary<Task, (int Index, string Host)>();
        var begun = new SortedDictionary<int, TaskReport>();
        while (true)
        {
            while (running.Count < parallel && !cancellationToken.IsCancellationRequested
                && waiting.FindIndex(task => running.Values.All(other => other.Host != GetHost(task.Item.Task))) is >= 0 and var next)
            {
                var (index, report) = waiting[next];
                waiting.RemoveAt(next);
                begun.Add(index, report);
                running.Add(run(report), (index, GetHost(report.Task)));
            }

            if (running.Count == 0)
            {
                return [.. begun.Values];
            }

            var ended = await Task.WhenAny(running.Keys);
            running.Remove(ended);
            await ended;
        }
    }

    /// <summary>Two tasks for which this is the same are never run at once. All tasks of this machine share its disks.</summary>
    public static string GetHost(SyncTask task) => task.Connection?.Identity ?? "";
}
