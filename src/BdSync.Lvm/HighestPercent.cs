namespace BdSync.Lvm;

/// <summary>The highest of several percentages. Safe for several threads.</summary>
internal sealed class HighestPercent
{
    private readonly Lock gate = new();
    private double? highest;

    /// <summary>The highest so far; null for none.</summary>
    public double? Value
    {
        get
        {
            lock (gate)
            {
                return highest;
            }
        }
    }

    /// <summary>Takes one in; null for none.</summary>
    public void Add(double? percent)
    {
        lock (gate)
        {
            highest = percent is null ? highest : Math.Max(highest ?? 0, percent.Value);
        }
    }
}
