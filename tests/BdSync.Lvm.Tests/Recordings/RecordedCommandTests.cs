namespace BdSync.Lvm.Tests.Recordings;

/// <summary>What each version of LVM said to the words of <see cref="LvmCommands"/>.</summary>
public class RecordedCommandTests
{
    private const long Extent = 4 << 20;

    private static readonly VolumeGroup Group = new("vg0", Extent, 100_000 * Extent);

    private static readonly Version BeforeFileSystems = new(2, 3, 16);

    private static readonly Version WithFileSystems = new(2, 3, 17);

    private static readonly Dictionary<string, (string Command, Action<LvmResult> Complete)> Commands = new(StringComparer.Ordinal)
    {
        ["version"] = Make(LvmCommands.GetVersion()),
        ["group"] = Make(LvmCommands.GetVolumeGroup("vg0")),
        ["group-missing"] = Make(LvmCommands.GetVolumeGroup("nothing")),
        ["volumes-missing"] = Make(LvmCommands.ListVolumes("nothing")),
        ["volumes-not-root"] = Make(LvmCommands.ListVolumes("vg0")),
        ["volumes-locked"] = Make(LvmCommands.ListVolumes("vg0")),
        ["partial-volumes"] = Make(LvmCommands.ListVolumes("part")),
        ["partial-group"] = Make(LvmCommands.GetVolumeGroup("part")),
        ["exported-volumes"] = Make(LvmCommands.ListVolumes("away")),
        ["exported-group"] = Make(LvmCommands.GetVolumeGroup("away")),
        ["foreign-volumes"] = Make(LvmCommands.ListVolumes("away")),
        ["foreign-group"] = Make(LvmCommands.GetVolumeGroup("away")),
        ["create"] = Make(LvmCommands.CreateVolume(Group, "new", 2 * Extent)),
        ["create-exists"] = Make(LvmCommands.CreateVolume(Group, "new", 2 * Extent)),
        ["create-no-space"] = Make(LvmCommands.CreateVolume(Group, "large", 5000 * Extent)),
        ["create-locked"] = Make(LvmCommands.CreateVolume(Group, "locked", Extent)),
        ["exported-create"] = Make(LvmCommands.CreateVolume(Group with { Name = "away" }, "new", Extent)),
        ["partial-create"] = Make(LvmCommands.CreateVolume(Group with { Name = "part" }, "new", Extent)),
        ["extend"] = Resize("new", 2, 3),
        ["extend-missing"] = Resize("nothing", 2, 3),
        ["extend-no-space"] = Resize("new", 2, 5000),
        ["extend-same"] = Resize("new", 2, 3),
        ["extend-origin"] = Resize("data", 3, 4),
        ["extend-plain-stripes"] = Resize("plainstripes", 4, 5),
        ["extend-raid1"] = Resize("raid1", 2, 3),
        ["extend-raid5"] = Resize("raid5", 2, 3),
        ["extend-mirror"] = Resize("logged", 2, 3),
        ["extend-thin"] = Resize("thinoff", 2, 3),
        ["extend-cached"] = Resize("cachedvol", 2, 3),
        ["vdo-extend"] = Make(LvmCommands.TryResizeVolume(Group, new(new("vdo", "data"), 4 * Extent, LogicalVolumeKind.Thick), 5 * Extent, BeforeFileSystems)!),
        ["reduce"] = Resize("new", 3, 1),
        ["reduce-stripes"] = Resize("plainstripes", 4, 3),
        ["reduce-fs"] = Resize("with-dash", 3, 2, WithFileSystems),
        ["reduce-fs-ignore"] = Resize("with-dash", 2, 1, WithFileSystems),
        ["reduce-stripes-fs-ignore"] = Resize("plainstripes", 4, 3, WithFileSystems),
        ["rename"] = Make(LvmCommands.RenameVolume(new("vg0", "new"), "renamed")),
        ["rename-exists"] = Make(LvmCommands.RenameVolume(new("vg0", "renamed"), "data")),
        ["rename-missing"] = Make(LvmCommands.RenameVolume(new("vg0", "nothing"), "something")),
        ["tag"] = Make(LvmCommands.AddTag(new("vg0", "renamed"), "bdsync")),
        ["untag"] = Make(LvmCommands.RemoveTag(new("vg0", "renamed"), "bdsync")),
        ["tag-missing"] = Make(LvmCommands.AddTag(new("vg0", "nothing"), "bdsync")),
        ["deactivate"] = Make(LvmCommands.DeactivateVolume(new("vg0", "renamed"))),
        ["deactivate-open"] = Make(LvmCommands.DeactivateVolume(new("vg0", "restored"))),
        ["activate"] = Make(LvmCommands.ActivateVolume(new("vg0", "renamed"))),
        ["activate-thin"] = Make(LvmCommands.ActivateVolume(new("vg0", "thinsnap"))),
        ["activate-missing"] = Make(LvmCommands.ActivateVolume(new("vg0", "nothing"))),
        ["partial-activate"] = Make(LvmCommands.ActivateVolume(new("part", "off"))),
        ["snapshot"] = Snapshot("s-thick", "vg0", "renamed"),
        ["snapshot-exists"] = Snapshot("snap", "vg0", "renamed"),
        ["snapshot-missing"] = Snapshot("s-missing", "vg0", "nothing"),
        ["snapshot-inactive"] = Snapshot("s-inactive", "vg0", "inactive"),
        ["snapshot-merging"] = Snapshot("s-merging", "vg0", "restored"),
        ["snapshot-readonly"] = Snapshot("s-readonly", "vg0", "readonly"),
        ["snapshot-no-space"] = Snapshot("s-large", "vg0", "stripes", "90G"),
        ["partial-snapshot"] = Snapshot("s-partial", "part", "whole"),
        ["vdo-snapshot"] = Snapshot("s-vdo", "vdo", "data"),
        ["remove"] = Make(LvmCommands.RemoveVolume(new("vg0", "s-thick"))),
        ["remove-thin"] = Make(LvmCommands.RemoveVolume(new("vg0", "s-thin"))),
        ["remove-missing"] = Make(LvmCommands.RemoveVolume(new("vg0", "nothing"))),
        ["remove-open"] = Make(LvmCommands.RemoveVolume(new("vg0", "snap"))),
        ["partial-remove"] = Make(LvmCommands.RemoveVolume(new("part", "off"))),
    };

    /// <summary>What no version does, and a part of what each says then.</summary>
    private static readonly Dictionary<string, string> Refusals = new(StringComparer.Ordinal)
    {
        ["group-missing"] = "Volume group \"nothing\" not found",
        ["volumes-missing"] = "Volume group \"nothing\" not found",
        ["volumes-not-root"] = "Permission denied",
        ["volumes-locked"] = "Can't get lock for vg0",
        ["exported-volumes"] = "Volume group away is exported",
        ["foreign-volumes"] = "Cannot access VG away with system ID other",
        ["foreign-group"] = "Cannot access VG away with system ID other",
        ["create-exists"] = "already exists in volume group",
        ["create-no-space"] = "insufficient free space",
        ["create-locked"] = "Can't get lock for vg0",
        ["exported-create"] = "Volume group away is exported",
        ["partial-create"] = "Cannot change VG part while PVs are missing",
        ["extend-missing"] = "nothing",
        ["extend-no-space"] = "Insufficient free space",
        ["extend-origin"] = "Snapshot origin volumes can be resized only while inactive",
        ["rename-exists"] = "already exists in volume group",
        ["rename-missing"] = "not found in volume group",
        ["tag-missing"] = "Failed to find logical volume",
        ["deactivate-open"] = "in use",
        ["activate-missing"] = "Failed to find logical volume",
        ["partial-activate"] = "Refusing activation of partial LV",
        ["snapshot-exists"] = "already exists in volume group",
        ["snapshot-missing"] = "not found",
        ["snapshot-merging"] = "Snapshots of an origin that has a merging snapshot",
        ["partial-snapshot"] = "Cannot change VG part while PVs are missing",
        ["remove-missing"] = "Failed to find logical volume",
        ["remove-open"] = "in use",
    };

    /// <summary>What some versions do, or have no volume for.</summary>
    private static readonly string[] MayFail = ["extend-cached", "vdo-snapshot", "vdo-extend", "reduce-fs"];

    /// <summary>Asked for since the recordings were made. All of these versions know it.</summary>
    private const string NewerField = "lv_device_open,";

    public static TheoryData<string> Versions => new(Recording.LvmVersions);

    [Theory]
    [MemberData(nameof(Versions))]
    public void Command_has_the_outcome_of_this_version(string version)
    {
        var recordings = Recording.ReadLvm(version);
        Assert.Equal(version, string.Join('.', recordings["version"].Result.Output.Split("LVM version:")[1].Trim().Split('(')[0]));
        foreach (var (name, (command, complete)) in Commands.Where(pair => IsOf(version, pair.Key)))
        {
            var recording = recordings[name];
            Assert.Equal((name, recording.Command), (name, command.Replace(NewerField, "", StringComparison.Ordinal)));
            var exception = Record.Exception(() => complete(recording.Result));
            if (exception is not null || Refusals.ContainsKey(name))
            {
                AssertIsClear(exception, recording);
            }

            Assert.True((exception is not null) == Refusals.ContainsKey(name) || MayFail.Contains(name), $"{name}: {exception?.Message ?? "succeeded"}");
        }
    }

    // Whatever a version refuses to take a snapshot of, it says why.
    [Theory]
    [MemberData(nameof(Versions))]
    public void Snapshot_of_every_sort_of_volume_is_taken_or_refused(string version)
    {
        var recordings = Recording.ReadLvm(version);
        var volumes = LvmCommands.ListVolumes("vg0").Complete(recordings["volumes"].Result).ToDictionary(volume => volume.FullName.Name, StringComparer.Ordinal);
        string[] always = ["stripes", "mirrored", "logged", "raid0", "raid1", "raid5", "raid10", "thin", "orphan", "overexternal", "thinoff", "thinmerged"];
        string[] sometimes = ["cached", "cachedvol", "written", "checked", "fullthin"];
        foreach (var name in always.Concat(sometimes.Where(volumes.ContainsKey)))
        {
            var recording = recordings["snapshot-of-" + name];
            var command = LvmCommands.CreateSnapshot(volumes[name], new() { Name = "s-" + name, Size = "50%ORIGIN", Owner = "x" });
            Assert.Equal(recording.Command, command.ToString());
            if (always.Contains(name) || recording.Result.ExitStatus == 0)
            {
                Assert.True(command.Complete(recording.Result));
            }
            else
            {
                AssertIsClear(Record.Exception(() => command.Complete(recording.Result)), recording);
            }
        }

        Assert.Throws<LvmException>(() => LvmCommands.CreateSnapshot(volumes["thickofthin"], new() { Size = "50%ORIGIN" }));
    }

    private static void AssertIsClear(Exception? exception, Recording recording)
    {
        var failure = Assert.IsType<LvmException>(exception);
        Assert.Equal(recording.Result.ExitStatus, failure.CommandExitStatus);
        Assert.Contains(Refusals.GetValueOrDefault(recording.Name, ""), failure.ErrorText, StringComparison.Ordinal);
        Assert.True(failure.ErrorText.Trim().Length > 0, $"{recording.Name} has no reason");
        Assert.Contains(failure.ErrorText.Trim().Split('\n')[0].Trim(), failure.Message, StringComparison.Ordinal);
    }

    // The words for lvreduce are those of the version; all others are the same.
    private static bool IsOf(string version, string name) => name switch
    {
        "reduce" => Version.Parse(version) < WithFileSystems,
        "reduce-fs" or "reduce-fs-ignore" or "reduce-stripes-fs-ignore" => Version.Parse(version) >= WithFileSystems,
        _ => true,
    };

    private static (string Command, Action<LvmResult> Complete) Resize(string name, long from, long to, Version? version = null) =>
        Make(LvmCommands.TryResizeVolume(Group, new(new("vg0", name), from * Extent, LogicalVolumeKind.Thick), to * Extent, version ?? BeforeFileSystems)!);

    private static (string Command, Action<LvmResult> Complete) Snapshot(string name, string group, string origin, string size = "4m") =>
        Make(LvmCommands.CreateSnapshot(new(new(group, origin), Extent, LogicalVolumeKind.Thick), new() { Name = name, Size = size, Owner = "x" }));

    private static (string Command, Action<LvmResult> Complete) Make<T>(LvmCommand<T> command) => (command.ToString(), result => command.Complete(result));
}
