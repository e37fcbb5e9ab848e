namespace BdSync.Lvm;

/// <summary>When to warn that something fills: at a limit, and again each few percent from there. Safe for several threads.</summary>
internal sealed class FillWarning(double firstPercent)
{
    private const double Step = 5;

    private readonly Lock gate = new();
    private double nextPercent = firstPercent;

    public bool IsDue(double percent)
    {
        lock (gate)
        {
            if (percent < nextPercent)
            {
                return false;
            }

            nextPercent = percent + Step;
            return true;
        }
    }
}
