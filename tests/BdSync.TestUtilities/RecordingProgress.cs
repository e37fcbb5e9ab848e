namespace BdSync.TestUtilities;

/// <summary>Keeps all reports, in their order. (The framework's Progress posts them elsewhere and mixes them up.)</summary>
public sealed class RecordingProgress<T> : IProgress<T>
{
    private readonly Lock gate = new();
    private readonly List<T> reports = [];

    /// <summary>The reports so far.</summary>
    public IReadOnlyList<T> Reports
    {
        get
        {
            lock (gate)
            {
                return [.. reports];
            }
        }
    }

    /// <inheritdoc/>
    public void Report(T value)
    {
        lock (gate)
        {
            reports.Add(value);
        }
    }
}
