namespace BdSync.Cli.Tasks.Running;

/// <summary>Which task runs when: in their order, several at once only where their hosts differ.</summary>
internal static class RunSchedule
{
    /// <summary>Runs all tasks; those that wait when it is cancelled are not begun.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="parallel">How many may run at once: at least 1.</param>
    /// <param name="run">Runs one; must not throw.</param>
    /// <param name="cancellationToken">Keeps further tasks from being begun.</param>
    /// <returns>The results of those that were begun, in the order of the tasks.</returns>
    public static async Task<IReadOnlyList<TaskReport>> RunAsync(
        IReadOnlyList<SyncTask> tasks, int parallel, Func<SyncTask, Task<TaskReport>> run, CancellationToken cancellationToken)
    {
        var waiting = tasks.Index().ToList();
        var running = new Dictionary<Task<TaskReport>, (int Index, string Host)>();
        var reports = new SortedDictionary<int, TaskReport>();
        while (true)
        {
            while (running.Count < parallel && !cancellationToken.IsCancellationRequested
                && waiting.FindIndex(task => running.Values.All(other => other.Host != GetHost(task.Item))) is >= 0 and var next)
            {
                var (index, task) = waiting[next];
                waiting.RemoveAt(next);
                running.Add(run(task), (index, GetHost(task)));
            }

            if (running.Count == 0)
            {
                return [.. reports.Values];
            }

            var ended = await Task.WhenAny(running.Keys);
            reports.Add(running[ended].Index, await ended);
            running.Remove(ended);
        }
    }

    /// <summary>Two tasks for which this is the same are never run at once. All tasks of this machine share its disks.</summary>
    public static string GetHost(SyncTask task) => task.Connection?.Identity ?? "";
}
