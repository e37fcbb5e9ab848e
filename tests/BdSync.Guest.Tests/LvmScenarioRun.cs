using BdSync.Lvm.Guest;
using BdSync.TestUtilities.Guests;

namespace BdSync.Guest.Tests;

/// <summary>The scenarios of BdSync.Lvm.Guest. The first disk is for all; the others for groups of a scenario's own.</summary>
public sealed class LvmScenarioRun() : GuestScenarios("BdSync.Lvm.Guest", LvmScenarios.All.Parts, Preparation, diskCount: 3)
{
    private const string Preparation = """
        lvm vgcreate vg0 /dev/ubda
        lvm lvcreate --yes --thin --size 64m vg0/pool
        """;
}
