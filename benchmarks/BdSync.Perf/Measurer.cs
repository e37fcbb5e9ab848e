using System.Diagnostics;

namespace BdSync.Perf;

/// <summary>Runs commands and measures them.</summary>
internal static class Measurer
{
    /// <summary>Runs two commands in turn, so that what the machine does beside hits both.</summary>
    public static (Measurement Ours, Measurement? Theirs) Compare(Command ours, Command? theirs, PerfOptions options)
    {
        List<Measurement> ourRuns = [];
        List<Measurement> theirRuns = [];
        for (var run = 0; run < options.Runs; run++)
        {
            ourRuns.Add(Run(ours, options));
            if (theirs is not null)
            {
                theirRuns.Add(Run(theirs, options));
            }
        }

        return (Measurement.Median(ourRuns), theirs is null ? null : Measurement.Median(theirRuns));
    }

    private static Measurement Run(Command command, PerfOptions options)
    {
        if (command.Prepare is not null)
        {
            using var preparing = Start(command.Prepare, options.Folder);
            preparing.WaitForExit();
        }

        var cpu = ResourceUsage.GetChildrenTime();
        var start = Stopwatch.GetTimestamp();
        using var process = Start(command.Line, options.Folder);
        using var memory = new MemoryWatch(process.Id);
        process.WaitForExit();
        var wall = Stopwatch.GetElapsedTime(start);
        return process.ExitCode == 0
            ? new(wall, ResourceUsage.GetChildrenTime() - cpu, memory.Stop())
            : throw new InvalidOperationException($"'{command.Line}' ended with exit status {process.ExitCode}.");
    }

    private static Process Start(string line, string folder) =>
        Process.Start(new ProcessStartInfo("sh", ["-c", line]) { WorkingDirectory = folder })!;
}
