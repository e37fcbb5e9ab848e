namespace BdSync.Interop.Tests.Programs;

/// <summary>Who wrote a program that speaks the protocol.</summary>
public enum Implementation
{
    /// <summary>This project.</summary>
    Ours,

    /// <summary>The C tool that <c>BDSYNC_STOCK</c> names.</summary>
    Stock,
}
