using BdSync.TestUtilities.Guests;

namespace BdSync.Cli.Tests.Tasks.Guest;

/// <summary>The scenarios of BdSync.Cli.Guest.</summary>
public sealed class TaskScenarioRun() : GuestScenarios("BdSync.Cli.Guest", Preparation, diskCount: 3, TimeLimit)
{
    /// <summary>It takes five minutes here; a machine may be much slower, or busy.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(30);

    // Sources, targets with other extents, and a group to be copied as a whole. The program is started often: what only pays off in long runs is off.
    private const string Preparation = """
        export DOTNET_TieredPGO=0 DOTNET_gcConcurrent=0
        lvm vgcreate vg0 /dev/ubda
        lvm vgcreate --physicalextentsize 8m vg-b /dev/ubdb
        lvm vgcreate vgc /dev/ubdc
        lvm lvcreate --yes --thin --size 128m vg0/pool
        """;
}
