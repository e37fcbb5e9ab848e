using BdSync.TestUtilities.Guests;

namespace BdSync.Cli.Tests.Tasks.Guest;

/// <summary>Boots a guest once, has all scenarios of BdSync.Cli.Guest run there, and keeps what came of each.</summary>
public sealed class TaskScenarioRun
{
    /// <summary>It takes three minutes here; a machine may be much slower.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(25);

    private const long DiskLength = 1024L * 1024 * 1024;

    // Sources, targets with other extents, and a group to be copied as a whole. The program is started often: what only pays off in long runs is off.
    private const string Script = $"""
        set -e
        export DOTNET_TieredPGO=0 DOTNET_gcConcurrent=0
        lvm vgcreate vg0 /dev/ubda
        lvm vgcreate --physicalextentsize 8m vg-b /dev/ubdb
        lvm vgcreate vgc /dev/ubdc
        lvm lvcreate --yes --thin --size 128m vg0/pool
        exec {LvmGuest.GuestDotnet} {LvmGuest.GuestSharedFolder}/program/BdSync.Cli.Guest.dll {LvmGuest.GuestSharedFolder}/results
        """;

    private readonly Lazy<Task<(LvmGuestResult Guest, IReadOnlyDictionary<string, string> Outcomes)>> run = new(RunAsync);

    /// <summary>Fails where a scenario did; skips the test where there can't be a guest.</summary>
    public async Task AssertSucceededAsync(string scenario)
    {
        LvmGuest.Require();
        var (guest, outcomes) = await run.Value;
        Assert.True(outcomes.TryGetValue(scenario, out var outcome), $"{scenario} was not run: {guest}");
        Assert.True(outcome!.Length == 0, outcome);
    }

    /// <summary>Fails where the guest did not come to a good end.</summary>
    public async Task AssertEndedAsync()
    {
        LvmGuest.Require();
        var (guest, _) = await run.Value;
        Assert.True(guest.ExitStatus == 0, guest.ToString());
    }

    private static async Task<(LvmGuestResult Guest, IReadOnlyDictionary<string, string> Outcomes)> RunAsync()
    {
        using var guest = new LvmGuest(diskCount: 3, DiskLength);
        var program = Directory.CreateDirectory(Path.Combine(guest.SharedFolder, "program")).FullName;
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(program, Path.GetFileName(file)));
        }

        var results = Directory.CreateDirectory(Path.Combine(guest.SharedFolder, "results")).FullName;
        var result = await guest.RunAsync(Script, TimeLimit);
        return (result, Directory.EnumerateFiles(results).ToDictionary(path => Path.GetFileName(path), File.ReadAllText));
    }
}
