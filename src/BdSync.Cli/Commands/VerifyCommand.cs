using BdSync.Cli.CommandLine;
using BdSync.Cli.Output;
using BdSync.Cli.Patches;
using BdSync.Cli.Verification;
using BdSync.Protocol;

namespace BdSync.Cli.Commands;

/// <summary><c>bdsync verify</c>: compares without writing to either side, and says what was found on standard output.</summary>
internal static class VerifyCommand
{
    /// <summary>How long cleaning up after a signal may take: a task's snapshot.</summary>
    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(90);

    /// <returns>The exit status: 0 where nothing differs, <see cref="BdSyncExitStatus.Different"/> where something does.</returns>
    /// <exception cref="BdSyncException">A device can't be read, the peer is gone or late, or something can't be written.</exception>
    public static async Task<int> RunAsync(VerifyOptions options, Interruption interruption)
    {
        using var patch = options.RepairPath is null ? null : NewPatchFile.Create(options.RepairPath, "The file for the repair patch");
        Verdict verdict;
        VerificationReport report = options.AsJson ? new JsonReport() : new TextReport(TextStyle.Detect());
        await using (var display = new ProgressDisplay(options.Comparison.Progress))
        {
            var progress = display.Progress is { } shown ? new DifferingProgress(shown) : null;
            if (options.TaskName is null)
            {
                verdict = await DeviceVerification.RunAsync(options, report.Add, patch?.Stream, progress, interruption.Token);
            }
            else
            {
                interruption.Grace = CleanUpLimit;
                verdict = await TaskVerification.RunAsync(options, report.Add, patch?.Stream, progress, interruption.Token);
            }
        }

        if (patch is not null && !verdict.IsEqual)
        {
            patch.Flush();
            patch.Keep();
            verdict = verdict with { RepairPath = patch.FullPath };
        }

        report.Complete(verdict);
        return verdict.IsEqual ? (int)BdSyncExitStatus.Success : (int)BdSyncExitStatus.Different;
    }
}
