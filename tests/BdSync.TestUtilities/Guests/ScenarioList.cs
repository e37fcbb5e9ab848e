using System.Diagnostics;

namespace BdSync.TestUtilities.Guests;

/// <summary>
/// What a program for a guest runs: scenarios with names, one after the other. A failure in one leaves the others alone: each has volumes of its own. A list has parts, for which
/// there are guests of their own, at the same time where there are processors enough.
/// </summary>
/// <typeparam name="TMachine">What a scenario works with. It is disposed of afterwards where it can be.</typeparam>
/// <param name="createMachine">Makes it for the scenario of a name.</param>
public sealed class ScenarioList<TMachine>(Func<string, TMachine> createMachine)
{
    private readonly List<OrderedDictionary<string, Func<TMachine, Task>>> parts = [];

    /// <summary>The names of each part's scenarios, in the order in which they are run.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Parts => [.. parts.Select(part => part.Keys)];

    /// <summary>Adds a part: methods, by their names.</summary>
    public ScenarioList<TMachine> Add(params IReadOnlyList<Func<TMachine, Task>> methods) =>
        Add(methods.Select(method => KeyValuePair.Create(method.Method.Name, method)));

    /// <summary>Adds a part of scenarios under names that are given.</summary>
    public ScenarioList<TMachine> Add(IEnumerable<KeyValuePair<string, Func<TMachine, Task>>> named)
    {
        parts.Add(new(named));
        return this;
    }

    /// <summary>Runs a part, and writes for each scenario a file of its name into a folder: what went wrong, or nothing. Prints how long each took.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="part">The part's index.</param>
    /// <param name="words">Only scenarios with this in their names.</param>
    public async Task RunAsync(string folder, int part, string words)
    {
        foreach (var (name, run) in parts[part].Where(scenario => scenario.Key.Contains(words, StringComparison.Ordinal)))
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
