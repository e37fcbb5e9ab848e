namespace BdSync.Lvm;

/// <summary>What came of a command of LVM, here or on another machine.</summary>
/// <param name="ExitStatus">0 where it succeeded.</param>
/// <param name="Output">What it printed: a report, or remarks.</param>
/// <param name="Errors">What it printed as errors and warnings.</param>
public sealed record LvmResult(int ExitStatus, string Output, string Errors);
