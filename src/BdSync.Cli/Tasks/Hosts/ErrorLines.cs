namespace BdSync.Cli.Tasks.Hosts;

/// <summary>The last lines that a command has said on standard error. Safe for several threads.</summary>
internal sealed class ErrorLines
{
    /// <summary>How many are kept: what ends a command is said last. The transport cuts each one.</summary>
    public const int MaxCount = 20;

    private readonly Lock gate = new();
    private readonly Queue<string> lines = new();

    public void Add(string line)
    {
        lock (gate)
        {
            if (lines.Count == MaxCount)
            {
                lines.Dequeue();
            }

            lines.Enqueue(line);
        }
    }

    public IReadOnlyList<string> ToList()
    {
        lock (gate)
        {
            return [.. lines];
        }
    }
}
