using BdSync.Protocol;

namespace BdSync.Cli.Verification;

/// <summary>Says on standard output what a verification finds. What it remembers does not depend on how much that is. Not safe for several threads.</summary>
internal abstract class VerificationReport
{
    /// <summary>An extent differs; they come in ascending order.</summary>
    public abstract void Add(Extent extent);

    /// <summary>All has been compared.</summary>
    /// <exception cref="BdSyncException">It can't be written, or nobody reads it.</exception>
    public abstract void Complete(Verdict verdict);
}
