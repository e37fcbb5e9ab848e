using Xunit;

namespace BdSync.TestUtilities.Guests;

/// <summary>
/// The scenarios of a program for a guest (<see cref="ScenarioList{TMachine}"/>): one boot for all of them, when the first is asked for, and what came of each. A test project
/// has a class of its own for its program, as a fixture; the program lies beside the tests.
/// </summary>
/// <param name="program">The name of the program.</param>
/// <param name="preparation">Lines for sh that are run before it: they make volume groups of the disks, which are of 1 GiB, sparse and full of zeros.</param>
/// <param name="diskCount">How many disks the guest has.</param>
/// <param name="timeLimit">After this the guest is killed.</param>
public abstract class GuestScenarios(string program, string preparation, int diskCount, TimeSpan timeLimit)
{
    /// <summary>For work on some scenarios: only those with this in their names are run.</summary>
    private static readonly string Part = Environment.GetEnvironmentVariable("BDSYNC_GUEST_SCENARIOS") ?? "";

    private const long DiskLength = 1024L * 1024 * 1024;

    private readonly Lazy<Task<(LvmGuestResult Guest, IReadOnlyDictionary<string, string> Outcomes)>> run = new(() => RunAsync(program, preparation, diskCount, timeLimit));

    /// <summary>Fails where a scenario did; skips the test where there can't be a guest.</summary>
    public async Task AssertSucceededAsync(string scenario)
    {
        Assert.SkipUnless(scenario.Contains(Part, StringComparison.Ordinal), $"Only the scenarios with {Part} in their names are run (BDSYNC_GUEST_SCENARIOS).");
        LvmGuest.Require();
        var (guest, outcomes) = await run.Value;
        Assert.True(outcomes.TryGetValue(scenario, out var outcome), $"{scenario} was not run: {guest}");
        Assert.True(outcome!.Length == 0, outcome);
    }

    /// <summary>Fails where the guest did not come to a good end. What it printed, such as how long each scenario took, is the test's output.</summary>
    public async Task AssertEndedAsync()
    {
        LvmGuest.Require();
        var (guest, _) = await run.Value;
        TestContext.Current.TestOutputHelper?.WriteLine(guest.Log);
        Assert.True(guest.ExitStatus == 0, guest.ToString());
    }

    private static async Task<(LvmGuestResult Guest, IReadOnlyDictionary<string, string> Outcomes)> RunAsync(string program, string preparation, int diskCount, TimeSpan timeLimit)
    {
        using var guest = new LvmGuest(diskCount, DiskLength);
        var programFolder = Directory.CreateDirectory(Path.Combine(guest.SharedFolder, "program")).FullName;
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(programFolder, Path.GetFileName(file)));
        }

        var results = Directory.CreateDirectory(Path.Combine(guest.SharedFolder, "results")).FullName;
        var script = $"""
            set -e
            {preparation}
            exec {LvmGuest.GuestDotnet} {LvmGuest.GuestSharedFolder}/program/{program}.dll {LvmGuest.GuestSharedFolder}/results '{Part}'
            """;
        var result = await guest.RunAsync(script, timeLimit);
        return (result, Directory.EnumerateFiles(results).ToDictionary(path => Path.GetFileName(path), File.ReadAllText));
    }
}
