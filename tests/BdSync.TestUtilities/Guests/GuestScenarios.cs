using Xunit;

namespace BdSync.TestUtilities.Guests;

/// <summary>
/// The scenarios of a program for a guest (<see cref="ScenarioList{TMachine}"/>): one boot for each part of them, when the first is asked for, and what came of each. A test
/// project has a class of its own for a list, as a fixture; the program lies beside the tests.
/// </summary>
/// <param name="program">The name of the program.</param>
/// <param name="parts">The names of the scenarios.</param>
/// <param name="preparation">Lines for sh that are run before it: they make volume groups of the disks, which are of 1 GiB, sparse and full of zeros.</param>
/// <param name="diskCount">How many disks a guest has.</param>
public abstract class GuestScenarios(string program, IReadOnlyList<IReadOnlyList<string>> parts, string preparation, int diskCount)
{
    private const long DiskLength = 1024L * 1024 * 1024;

    /// <summary>A guest takes some three minutes of a processor; a machine may be much slower, or busy.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(25);

    /// <summary>For work on some scenarios: only those with this in their names are run.</summary>
    private static readonly string Selected = Environment.GetEnvironmentVariable("BDSYNC_GUEST_SCENARIOS") ?? "";

    private readonly Lock starting = new();
    private Task<(LvmGuestResult Guest, Dictionary<string, string> Outcomes)[]>? running;

    /// <summary>Fails where a scenario did; skips the test where there can't be a guest.</summary>
    public async Task AssertSucceededAsync(string scenario)
    {
        Assert.SkipUnless(IsSelected(scenario), $"Only the scenarios with {Selected} in their names are run (BDSYNC_GUEST_SCENARIOS).");
        LvmGuest.Require();
        var results = await RunAsync();
        var outcome = results.Select(result => result.Outcomes.GetValueOrDefault(scenario)).FirstOrDefault(text => text is not null);
        Assert.True(outcome is not null, $"{scenario} was not run: {string.Join('\n', results.Select(result => result.Guest))}");
        Assert.True(outcome!.Length == 0, outcome);
    }

    /// <summary>Fails where a guest did not come to a good end. What they printed, such as how long each scenario took, is the test's output.</summary>
    public async Task AssertEndedAsync()
    {
        LvmGuest.Require();
        foreach (var (guest, _) in await RunAsync())
        {
            TestContext.Current.TestOutputHelper?.WriteLine(guest.Log);
            Assert.True(guest.ExitStatus == 0, guest.ToString());
        }
    }

    /// <summary>Puts into the folder that is shared with a guest what the scenarios need beside the program.</summary>
    protected virtual void Share(string folder)
    {
    }

    private static bool IsSelected(string scenario) => scenario.Contains(Selected, StringComparison.Ordinal);

    private Task<(LvmGuestResult Guest, Dictionary<string, string> Outcomes)[]> RunAsync()
    {
        lock (starting)
        {
            return running ??= Task.WhenAll(from part in parts.Index() where part.Item.Any(IsSelected) select BootAsync(part.Index));
        }
    }

    private async Task<(LvmGuestResult Guest, Dictionary<string, string> Outcomes)> BootAsync(int part)
    {
        var processor = await GuestProcessors.TakeAsync();
        try
        {
            return await BootAsync(part, processor);
        }
        finally
        {
            GuestProcessors.Return(processor);
        }
    }

    private async Task<(LvmGuestResult Guest, Dictionary<string, string> Outcomes)> BootAsync(int part, int processor)
    {
        using var guest = new LvmGuest(diskCount, DiskLength);
        guest.SharePrograms();
        Share(guest.SharedFolder);
        var results = Directory.CreateDirectory(Path.Combine(guest.SharedFolder, "results")).FullName;
        var script = $"""
            set -e
            {preparation}
            exec {LvmGuest.GuestDotnet} {LvmGuest.GuestProgramFolder}/{program}.dll {LvmGuest.GuestSharedFolder}/results {part} '{Selected}'
            """;
        var result = await guest.RunAsync(script, processor, TimeLimit);
        return (result, Directory.EnumerateFiles(results).ToDictionary(path => Path.GetFileName(path), File.ReadAllText));
    }
}
