using System.Globalization;
using BdSync.Cli.Guest.Incremental;
using BdSync.Lvm.Guest;

namespace BdSync.Cli.Guest.Scenarios;

/// <summary>Runs that follow each other and compare only what has changed, or everything where there is a doubt. The same for every kind of source.</summary>
internal static class IncrementalScenarios
{
    private const string Changes = IncrementalTask.Changes;
    private const string Everything = IncrementalTask.Everything;

    private static readonly Func<IncrementalTask, Task>[] All =
        [Changes_are_all_found, What_is_in_doubt_is_compared_whole, Runs_that_fail_are_made_up_for, Targets_are_told_from_each_other];

    /// <summary>The scenarios for one kind of source.</summary>
    /// <param name="kind">What their names start with.</param>
    /// <param name="createSource">Makes a source, as a volume of the name given.</param>
    /// <param name="remoteProgram">The words that start the program behind the connection.</param>
    public static IEnumerable<KeyValuePair<string, Func<TaskMachine, Task>>> For(
        string kind, Func<string, Task<IncrementalSource>> createSource, params IReadOnlyList<string> remoteProgram) =>
        All.Select(scenario => KeyValuePair.Create<string, Func<TaskMachine, Task>>(
            $"{kind}_{scenario.Method.Name}",
            async machine => await scenario(await IncrementalTask.CreateAsync(machine, createSource, remoteProgram))));

    // Writes and discards at random places, and a run after each lot.
    private static async Task Changes_are_all_found(IncrementalTask task)
    {
        await task.RunAsync(Everything + task.Source.NothingKept);
        await task.RunAsync(Changes + "0");
        for (var seed = 1; seed <= 4; seed++)
        {
            var random = new Random(seed);
            for (var count = random.Next(1, 6); count > 0; count--)
            {
                task.Source.Write(random.Next(2000), random.Next(1, 40));
            }

            await task.Source.DiscardAsync(random.Next(32) * 16, 32);
            await task.RunAsync(Changes);
        }
    }

    private static async Task What_is_in_doubt_is_compared_whole(IncrementalTask task)
    {
        await task.RunAsync(Everything + task.Source.NothingKept);
        task.Source.Write(100, 3);
        await task.RunAsync(Changes);
        task.Source.Write(150, 3);
        await task.RunAsync(Everything + "every 2 runs", "--set", "full_compare_every=2");
        task.Source.Write(200, 3);
        await task.Source.ForgetAsync();
        await task.RunAsync(Everything + task.Source.NothingKept);
        await task.RunAsync(Everything + "--checksum", "--set", $"bdsync_args={IncrementalTask.Arguments} --checksum=sha256");

        const int larger = 12 * Machine.Megabyte;
        await Machine.LvmAsync("lvextend", "--size", $"{larger}b", task.Target);
        task.Source.Write(500, 3);
        await task.RunAsync(string.Create(CultureInfo.InvariantCulture, $"{Everything}the target has {larger} bytes"));
        task.Source.Write(600, 3);
        await task.RunAsync(Changes);
    }

    private static async Task Runs_that_fail_are_made_up_for(IncrementalTask task)
    {
        await task.RunAsync(Everything + task.Source.NothingKept);
        task.Source.Write(200, 3);
        await task.RunWithoutServerAsync();
        await task.RunAsync(Changes);
        task.Source.Write(400, 3);
        await task.RunKilledAsync();
        await task.RunAsync(Everything + "the run before");
        await task.RunAsync(Changes);
    }

    private static async Task Targets_are_told_from_each_other(IncrementalTask task)
    {
        string[] inPlace = ["--set", "apply_patch_in_place=yes"];
        await task.RunAsync(Everything + task.Source.NothingKept);
        task.Source.Write(600, 3);
        await task.RunAsync(Changes, inPlace);
        await task.RunAsync(Everything + "the target is not", task.Elsewhere);
        task.Source.Write(700, 3);
        await task.RunAsync(Changes, [.. task.Elsewhere, "--set", "verify=yes"]);
        task.Source.Write(800, 3);
        await task.RunAsync(Everything + "the target is not", IncrementalTask.Here);
        task.Source.Write(900, 3);
        await task.RunAsync(Changes, IncrementalTask.Here);
        task.Source.Write(1000, 3);
        await task.RunAsync(Changes, [.. IncrementalTask.Here, .. inPlace]);
    }
}
