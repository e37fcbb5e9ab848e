using System.Diagnostics;
using BdSync.Cli.Guest;

// Runs the scenarios one after the other, and writes for each of them a file NAME into the folder of the first argument: what went wrong, or nothing.
var folder = args[0];
foreach (var (name, run) in ScenarioList.All)
{
    var started = Stopwatch.GetTimestamp();
    var outcome = "";
    try
    {
        using var machine = new TaskMachine(name);
        await run(machine);
    }
    catch (Exception exception)
    {
        outcome = exception.ToString();
    }

    Console.WriteLine($"{name}: {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s {outcome}");
    await File.WriteAllTextAsync(Path.Combine(folder, name), outcome);
}
