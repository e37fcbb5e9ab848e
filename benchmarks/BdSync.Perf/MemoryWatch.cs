using System.Globalization;

namespace BdSync.Perf;

/// <summary>
/// Looks at the memory of a process and its descendants now and then, seldom enough not to take their time. The kernel keeps each process's highest mark, so
/// only what is reached in the last moments can be missed.
/// </summary>
internal sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    private readonly int root;
    private readonly Thread thread;
    private volatile bool stopped;
    private long peak;

    public MemoryWatch(int root)
    {
        this.root = root;
        thread = new Thread(Watch) { IsBackground = true };
        thread.Start();
    }

    /// <summary>Ends the watch.</summary>
    /// <returns>The highest mark of any of the processes, in bytes.</returns>
    public long Stop()
    {
        stopped = true;
        thread.Join();
        return peak;
    }

    public void Dispose() => Stop();

    private void Watch()
    {
        while (!stopped)
        {
            Visit(root);
            Thread.Sleep(Interval);
        }
    }

    private void Visit(int process)
    {
        try
        {
            var mark = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            if (mark is not null)
            {
                peak = Math.Max(peak, long.Parse(mark.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024);
            }

            foreach (var child in Directory.EnumerateDirectories($"/proc/{process}/task")
                .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            {
                Visit(int.Parse(child, CultureInfo.InvariantCulture));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended in the meantime.
        }
    }
}
