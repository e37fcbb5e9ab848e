using BdSync.TestUtilities.Guests;

namespace BdSync.Lvm.Tests.Guest;

/// <summary>The scenarios of BdSync.Lvm.Guest. The first disk is for all; the others for groups of a scenario's own.</summary>
public sealed class ScenarioRun() : GuestScenarios("BdSync.Lvm.Guest", Preparation, diskCount: 3, TimeLimit)
{
    /// <summary>It takes some two minutes of a processor; a machine may be much slower, or busy.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(20);

    private const string Preparation = """
        lvm vgcreate vg0 /dev/ubda
        lvm lvcreate --yes --thin --size 64m vg0/pool
        """;
}
