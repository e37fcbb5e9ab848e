using System.Diagnostics;
using BdSync.Lvm.Guest;

// Runs the scenarios one after the other, and writes for each of them a file NAME into the folder of the first argument: what went wrong, or nothing.
var folder = args[0];
foreach (var (name, run) in ScenarioList.All)
{
    var started = Stopwatch.GetTimestamp();
    var outcome = "";
    try
    {
        await run(new Machine());
    }
    catch (Exception exception)
    {
        outcome = exception.ToString();
    }

    Console.WriteLine($"{name}: {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s {outcome}");
    await File.WriteAllTextAsync(Path.Combine(folder, name), outcome);
}
