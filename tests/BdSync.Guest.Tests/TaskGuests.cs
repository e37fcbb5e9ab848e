using BdSync.TestUtilities.Guests;

namespace BdSync.Guest.Tests;

/// <summary>Guests for scenarios of BdSync.Cli.Guest.</summary>
/// <param name="parts">Their names.</param>
/// <param name="preparation">More lines for sh.</param>
public abstract class TaskGuests(IReadOnlyList<IReadOnlyList<string>> parts, string preparation = "")
    : GuestScenarios("BdSync.Cli.Guest", parts, $"{Preparation}\n{preparation}", diskCount: 3)
{
    // Sources, targets with other extents, and a group to be copied as a whole. The program is started often: what only pays off in long runs is off.
    private const string Preparation = """
        export DOTNET_TieredPGO=0 DOTNET_gcConcurrent=0
        lvm vgcreate vg0 /dev/ubda
        lvm vgcreate --physicalextentsize 8m vg-b /dev/ubdb
        lvm vgcreate vgc /dev/ubdc
        lvm lvcreate --yes --thin --size 128m vg0/pool
        """;
}
