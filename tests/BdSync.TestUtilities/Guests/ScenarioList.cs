using System.Diagnostics;

namespace BdSync.TestUtilities.Guests;

/// <summary>What a program for a guest runs: scenarios with names, one after the other. A failure in one leaves the others alone: each has volumes of its own.</summary>
/// <typeparam name="TMachine">What a scenario works with. It is disposed of afterwards where it can be.</typeparam>
/// <param name="createMachine">Makes it for the scenario of a name.</param>
public sealed class ScenarioList<TMachine>(Func<string, TMachine> createMachine)
{
    private readonly OrderedDictionary<string, Func<TMachine, Task>> scenarios = [];

    /// <summary>The names, in the order in which the scenarios are run.</summary>
    public IReadOnlyList<string> Names => scenarios.Keys;

    /// <summary>Adds methods, by their names.</summary>
    public ScenarioList<TMachine> Add(params IReadOnlyList<Func<TMachine, Task>> methods)
    {
        foreach (var method in methods)
        {
            scenarios.Add(method.Method.Name, method);
        }

        return this;
    }

    /// <summary>Adds scenarios under names that are given.</summary>
    public ScenarioList<TMachine> Add(IEnumerable<KeyValuePair<string, Func<TMachine, Task>>> named)
    {
        ArgumentNullException.ThrowIfNull(named);
        foreach (var (name, scenario) in named)
        {
            scenarios.Add(name, scenario);
        }

        return this;
    }

    /// <summary>Runs them, and writes for each a file of its name into a folder: what went wrong, or nothing. Prints how long each took.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="part">Only those with this in their names.</param>
    public async Task RunAsync(string folder, string part)
    {
        foreach (var (name, run) in scenarios.Where(scenario => scenario.Key.Contains(part, StringComparison.Ordinal)))
        {
            var started = Stopwatch.GetTimestamp();
            var outcome = "";
            try
            {
                var machine = createMachine(name);
                using var end = machine as IDisposable;
                await run(machine);
            }
            catch (Exception exception)
            {
                outcome = exception.ToString();
            }

            Console.WriteLine($"{name}: {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s {outcome}");
            await File.WriteAllTextAsync(Path.Combine(folder, name), outcome);
        }
    }
}
