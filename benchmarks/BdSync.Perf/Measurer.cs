using System.Diagnostics;

namespace BdSync.Perf;

/// <summary>Runs commands and measures them.</summary>
internal static class Measurer
{
    /// <summary>Runs two commands in turn, so that what the machine does beside hits both.</summary>
    public static (Measurement Ours, Measurement? Theirs) Compare(Command ours, Command? theirs, PerfOptions options)
    {
        var ourMemory = MeasureMemory(ours, options);
        var theirMemory = theirs is null ? 0 : MeasureMemory(theirs, options);
        List<Measurement> ourRuns = [];
        List<Measurement> theirRuns = [];
        for (var run = 0; run < options.Runs; run++)
        {
            ourRuns.Add(Run(ours, options) with { PeakMemory = ourMemory });
            if (theirs is not null)
            {
                theirRuns.Add(Run(theirs, options) with { PeakMemory = theirMemory });
            }
        }

        return (Measurement.Median(ourRuns), theirs is null ? null : Measurement.Median(theirRuns));
    }

    // A run of its own: watching takes time.
    private static long MeasureMemory(Command command, PerfOptions options)
    {
        Prepare(command, options);
        using var process = Start(command.Line, options.Folder);
        using var memory = new MemoryWatch(process.Id);
        Finish(process, command);
        return memory.Stop();
    }

    private static Measurement Run(Command command, PerfOptions options)
    {
        Prepare(command, options);
        var cpu = ResourceUsage.GetChildrenTime();
        var start = Stopwatch.GetTimestamp();
        using var process = Start(command.Line, options.Folder);
        Finish(process, command);
        return new(Stopwatch.GetElapsedTime(start), ResourceUsage.GetChildrenTime() - cpu, PeakMemory: 0);
    }

    private static void Prepare(Command command, PerfOptions options)
    {
        if (command.Prepare is not null)
        {
            using var preparing = Start(command.Prepare, options.Folder);
            preparing.WaitForExit();
        }
    }

    private static void Finish(Process process, Command command)
    {
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'{command.Line}' ended with exit status {process.ExitCode}.");
        }
    }

    private static Process Start(string line, string folder) =>
        Process.Start(new ProcessStartInfo("sh", ["-c", line]) { WorkingDirectory = folder })!;
}
