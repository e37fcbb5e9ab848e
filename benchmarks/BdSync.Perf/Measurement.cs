namespace BdSync.Perf;

/// <summary>What one run, or the median of several, took.</summary>
/// <param name="Wall">Elapsed time.</param>
/// <param name="Cpu">Processor time of all processes of the command.</param>
/// <param name="PeakMemory">Resident memory, at its highest, of the process that had most, in bytes.</param>
internal readonly record struct Measurement(TimeSpan Wall, TimeSpan Cpu, long PeakMemory)
{
    public static Measurement Median(IReadOnlyList<Measurement> runs) => new(
        runs.Select(run => run.Wall).Order().ElementAt(runs.Count / 2),
        runs.Select(run => run.Cpu).Order().ElementAt(runs.Count / 2),
        runs.Max(run => run.PeakMemory));
}
