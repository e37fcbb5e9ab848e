namespace BdSync.Lvm.Tests.Recordings;

/// <summary>Volumes of all sorts, as each version of LVM reported them.</summary>
public class RecordedVolumeTests
{
    /// <summary>What some versions can't make, and what the others use up for it.</summary>
    private static readonly string[] MayBeMissing = ["checked", "cachedvol", "written", "cachesnap", "fastvol", "writefast"];

    public static TheoryData<string> Versions => new(Recording.LvmVersions);

    // An LVM that doesn't know VDO can't tell its pools from data, and the first that does keeps other metadata.
    public static TheoryData<string> VersionsWithVdo => new(Recording.LvmVersions.Where(version => Version.Parse(version) >= new Version(2, 3, 11)));

    private static readonly Dictionary<string, (LogicalVolumeKind Kind, string? Origin, string? Pool)> Kinds = new(StringComparer.Ordinal)
    {
        ["data"] = (LogicalVolumeKind.Thick, null, null),
        ["inactive"] = (LogicalVolumeKind.Thick, null, null),
        ["readonly"] = (LogicalVolumeKind.Thick, null, null),
        ["with-dash"] = (LogicalVolumeKind.Thick, null, null),
        ["segments"] = (LogicalVolumeKind.Thick, null, null),
        ["between"] = (LogicalVolumeKind.Thick, null, null),
        ["snap"] = (LogicalVolumeKind.Snapshot, "data", null),
        ["tiny"] = (LogicalVolumeKind.Snapshot, "data", null),
        ["restored"] = (LogicalVolumeKind.Thick, null, null),
        ["stripes"] = (LogicalVolumeKind.Thick, null, null),
        ["plainstripes"] = (LogicalVolumeKind.Thick, null, null),
        ["mirrored"] = (LogicalVolumeKind.Thick, null, null),
        ["logged"] = (LogicalVolumeKind.Thick, null, null),
        ["raid0"] = (LogicalVolumeKind.Thick, null, null),
        ["raid1"] = (LogicalVolumeKind.Thick, null, null),
        ["raid5"] = (LogicalVolumeKind.Thick, null, null),
        ["raid10"] = (LogicalVolumeKind.Thick, null, null),
        ["raidoff"] = (LogicalVolumeKind.Thick, null, null),
        ["tracked"] = (LogicalVolumeKind.Thick, null, null),
        ["tracked_rimage_1"] = (LogicalVolumeKind.Internal, null, null),
        ["checked"] = (LogicalVolumeKind.Thick, null, null),
        ["stripesnap"] = (LogicalVolumeKind.Snapshot, "stripes", null),
        ["mirrorsnap"] = (LogicalVolumeKind.Snapshot, "mirrored", null),
        ["cached"] = (LogicalVolumeKind.Thick, null, null),
        ["sparefast"] = (LogicalVolumeKind.Internal, null, null),
        ["cachedvol"] = (LogicalVolumeKind.Thick, null, null),
        ["written"] = (LogicalVolumeKind.Thick, null, null),
        ["cachesnap"] = (LogicalVolumeKind.Snapshot, "cached", null),
        ["fastvol"] = (LogicalVolumeKind.Thick, null, null),
        ["writefast"] = (LogicalVolumeKind.Thick, null, null),
        ["pool"] = (LogicalVolumeKind.ThinPool, null, null),
        ["thin"] = (LogicalVolumeKind.Thin, null, "pool"),
        ["thinsnap"] = (LogicalVolumeKind.ThinSnapshot, "thin", "pool"),
        ["thinactive"] = (LogicalVolumeKind.ThinSnapshot, "thin", "pool"),
        ["orphan"] = (LogicalVolumeKind.Thin, null, "pool"),
        ["external"] = (LogicalVolumeKind.Thick, null, null),
        ["overexternal"] = (LogicalVolumeKind.Thin, "external", "pool"),
        ["thickofthin"] = (LogicalVolumeKind.Snapshot, "thin", null),
        ["thinoff"] = (LogicalVolumeKind.Thin, null, "pool"),
        ["thinmerged"] = (LogicalVolumeKind.Thin, null, "pool"),
        ["full"] = (LogicalVolumeKind.ThinPool, null, null),
        ["fullthin"] = (LogicalVolumeKind.Thin, null, "full"),
    };

    [Theory]
    [MemberData(nameof(Versions))]
    public void Volume_has_its_kind_origin_and_pool(string version)
    {
        var volumes = Read(version, "volumes").ToDictionary(volume => volume.FullName.Name, StringComparer.Ordinal);
        foreach (var (name, expected) in Kinds.Where(pair => !MayBeMissing.Contains(pair.Key) || volumes.ContainsKey(pair.Key)))
        {
            Assert.True(volumes.TryGetValue(name, out var volume), $"{name} is missing");
            Assert.Equal((name, expected), (name, (volume!.Kind, volume.Origin, volume.Pool)));
        }

        // What is left may only be parts.
        Assert.All(volumes.Values.Where(volume => !Kinds.ContainsKey(volume.FullName.Name)), volume => Assert.Equal(LogicalVolumeKind.Internal, volume.Kind));
    }

    // What lvs hides is LVM's own, but for what is being merged; what it does not hide is the same with --all.
    [Theory]
    [MemberData(nameof(Versions))]
    public void Hidden_volumes_are_internal(string version)
    {
        var shown = Read(version, "volumes");
        var all = Read(version, "volumes-all");
        var hidden = all.ExceptBy(shown.Select(volume => volume.FullName), volume => volume.FullName).ToList();
        Assert.True(hidden.Count > 30);
        Assert.All(hidden, volume => Assert.Equal((volume.FullName, LogicalVolumeKind.Internal), (volume.FullName, volume.Kind)));
        Assert.Equal(shown.Select(volume => (volume.FullName, volume.Kind)), all.Where(volume => !hidden.Contains(volume)).Select(volume => (volume.FullName, volume.Kind)));
    }

    // lvs prints it twice.
    [Theory]
    [MemberData(nameof(Versions))]
    public void Volume_in_two_places_is_one(string version)
    {
        var recording = Recording.ReadLvm(version)["volumes"];
        Assert.Equal(3, recording.Result.Output.Split("\"lv_name\":\"segments\"").Length);
        Assert.Equal(8 << 20, LvmCommands.FindVolume(new("vg0", "segments")).Complete(recording.Result)!.Length);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void States_are_read(string version)
    {
        var volumes = Read(version, "volumes").ToDictionary(volume => volume.FullName.Name, StringComparer.Ordinal);
        var inactive = volumes.Values.Where(volume => !volume.IsActive && volume.Kind is not LogicalVolumeKind.Internal).Select(volume => volume.FullName.Name);
        Assert.Equal(["external", "inactive", "raidoff", "thinoff", "thinsnap"], inactive.Where(name => name != "writefast").Order(StringComparer.Ordinal));
        Assert.Equal(["external", "readonly", "tracked_rimage_1"], volumes.Values.Where(volume => volume.IsReadOnly).Select(volume => volume.FullName.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["tiny"], volumes.Values.Where(volume => volume.IsInvalid).Select(volume => volume.FullName.Name));
        Assert.Equal([true, true], Read(version, "volumes-all").Where(volume => volume.FullName.Name is "mergesnap" or "thinmerge").Select(volume => volume.IsMerging));
        Assert.Equal(["daily", "site=a"], volumes["data"].Tags);
        Assert.Equal(["bdsync", "bdsync.task=x"], volumes["thinactive"].Tags);
        Assert.Equal(12 << 20, volumes["data"].Length);
        Assert.InRange(volumes["snap"].UsedPercent!.Value, 60, 65);
        Assert.Equal((4096, null), (volumes["snap"].ChunkLength, volumes["cached"].ChunkLength));
        Assert.Equal((65536, 100.0, "out_of_data"), (volumes["full"].ChunkLength, volumes["full"].UsedPercent, volumes["full"].Health));
        Assert.Equal((1, 2, null), (volumes["thin"].ThinDeviceId, volumes["thinsnap"].ThinDeviceId, volumes["data"].ThinDeviceId));
        Assert.InRange(volumes["pool"].MetadataPercent!.Value, 5, 20);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Snapshots_that_were_taken_are_known(string version)
    {
        // One that some versions fail to take, half way.
        var failed = Recording.ReadLvm(version)["snapshot-of-cachedvol"].Result.ExitStatus != 0 ? "s-cachedvol" : null;
        var volumes = Read(version, "volumes-with-snapshots");
        var snapshots = volumes.Where(volume => volume.FullName.Name.StartsWith("s-", StringComparison.Ordinal) && volume.FullName.Name != failed).ToList();
        Assert.True(snapshots.Count > 12);
        Assert.All(snapshots, volume => Assert.Equal(["bdsync", "bdsync.task=x"], volume.Tags));
        Assert.All(snapshots, volume => Assert.True(volume is { IsReadOnly: true, IsInvalid: false, Health: "" }));
        Assert.All(snapshots, volume => Assert.Equal(volume.Pool is null ? LogicalVolumeKind.Snapshot : LogicalVolumeKind.ThinSnapshot, volume.Kind));
        Assert.All(snapshots.Where(volume => volume.FullName.Name is not ("s-thick" or "s-large")), volume => Assert.Equal(volume.FullName.Name[2..], volume.Origin));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Volumes_on_a_lost_disk_say_so(string version)
    {
        var volumes = LvmCommands.ListVolumes("part").Complete(Recording.ReadLvm(version)["partial-volumes"].Result).ToDictionary(volume => volume.FullName.Name, StringComparer.Ordinal);
        Assert.Equal(["halfraid", "halfsnap", "lost", "off", "whole"], volumes.Keys.Order(StringComparer.Ordinal));
        Assert.All(volumes.Values.Where(volume => volume.FullName.Name is not "whole"), volume => Assert.Equal("partial", volume.Health));
        Assert.Equal((LogicalVolumeKind.Snapshot, LogicalVolumeKind.Thick), (volumes["halfsnap"].Kind, volumes["halfraid"].Kind));
    }

    [Theory]
    [MemberData(nameof(VersionsWithVdo))]
    public void Vdo_volumes_are_data_and_their_pools_are_not(string version)
    {
        var recording = Recording.ReadLvm(version)["vdo-volumes"];
        var volumes = LvmCommands.ListVolumes("vdo").Complete(recording.Result).Select(volume => (volume.FullName.Name, volume.Kind, volume.Pool));
        Assert.Equal([("data", LogicalVolumeKind.Thick, "vpool"), ("thick", LogicalVolumeKind.Thick, null), ("vpool", LogicalVolumeKind.Internal, null)], volumes);
    }

    private static IReadOnlyList<LogicalVolume> Read(string version, string name) => LvmCommands.ListVolumes("vg0").Complete(Recording.ReadLvm(version)[name].Result);
}
