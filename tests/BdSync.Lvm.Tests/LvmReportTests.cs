using BdSync.TestUtilities;

namespace BdSync.Lvm.Tests;

/// <summary>Reports as LVM 2.03.16 printed them (Recordings), as other versions vary them, and as nobody should.</summary>
public class LvmReportTests
{
    private static readonly string Recorded = File.ReadAllText(Path.Combine(TestEnvironment.SourceFolder, "tests", "BdSync.Lvm.Tests", "Recordings", "volumes.json"));

    public static TheoryData<string, LogicalVolumeKind, string?, string?> Kinds => new()
    {
        { "data", LogicalVolumeKind.Thick, null, null },
        { "with-dash", LogicalVolumeKind.Thick, null, null },
        { "lvol0_pmspare", LogicalVolumeKind.Internal, null, null },
        { "pool_tdata", LogicalVolumeKind.Internal, null, null },
        { "pool_tmeta", LogicalVolumeKind.Internal, null, null },
        { "pool", LogicalVolumeKind.ThinPool, null, null },
        { "snap", LogicalVolumeKind.Snapshot, "data", null },
        { "tiny", LogicalVolumeKind.Snapshot, "data", null },
        { "thin1", LogicalVolumeKind.Thin, null, "pool" },
        { "thinsnap", LogicalVolumeKind.ThinSnapshot, "thin1", "pool" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Recorded_volume_has_its_kind(string name, LogicalVolumeKind kind, string? origin, string? pool)
    {
        var volume = Find(Recorded, name);
        Assert.Equal((kind, origin, pool), (volume.Kind, volume.Origin, volume.Pool));
    }

    [Fact]
    public void Recorded_values_are_read()
    {
        var snapshot = Find(Recorded, "snap");
        Assert.Equal((8388608, 75.39, 4096, true, true, false, false), (snapshot.Length, snapshot.UsedPercent, snapshot.ChunkLength, snapshot.IsActive, snapshot.IsReadOnly, snapshot.IsInvalid, snapshot.IsMerging));
        Assert.Equal(["bdsync", "bdsync.task=x"], snapshot.Tags);
        Assert.Equal("e4CB6p-aKHy-ksCD-bC8d-eiG8-cCa2-f2jqFz", snapshot.Uuid);
        Assert.True(Find(Recorded, "tiny").IsInvalid);
        Assert.Equal((1, null), (Find(Recorded, "thin1").ThinDeviceId, Find(Recorded, "thin1").UsedPercent));
        Assert.Equal((0.0, 10.94), (Find(Recorded, "pool").UsedPercent, Find(Recorded, "pool").MetadataPercent));
        Assert.Equal((true, false), (Find(Recorded, "thinsnap").IsActive, Find(Recorded, "thinsnap2").IsActive));
    }

    [Fact]
    public void Recorded_group_is_read()
    {
        var json = File.ReadAllText(Path.Combine(TestEnvironment.SourceFolder, "tests", "BdSync.Lvm.Tests", "Recordings", "groups.json"));
        Assert.Equal([new VolumeGroup("vg0", 4194304, 146800640)], LvmReport.ReadGroups(json));
    }

    // The fields that other versions lack, write as numbers, null or lists (json_std), or put beside the known ones.
    [Theory]
    [InlineData("""{"vg_name":"g", "lv_name":"v", "lv_size":"10", "lv_attr":"swi-I-s---", "origin":"o"}""", LogicalVolumeKind.Snapshot, true)]
    [InlineData("""{"vg_name":"g", "lv_name":"v", "lv_size":"10", "lv_attr":"swi-a-s---", "origin":"o", "data_percent":"100.00"}""", LogicalVolumeKind.Snapshot, true)]
    [InlineData("""{"vg_name":"g", "lv_name":"v", "lv_size":"10", "lv_attr":"swi-a-s---", "origin":"o", "lv_snapshot_invalid":1}""", LogicalVolumeKind.Snapshot, true)]
    [InlineData("""{"vg_name":"g", "lv_name":"v", "lv_size":"10", "lv_attr":"swi---s---", "origin":"o", "lv_snapshot_invalid":"snapshot invalid"}""", LogicalVolumeKind.Snapshot, false)]
    [InlineData("""{"vg_name":"g", "lv_name":"v", "lv_size":"10", "lv_attr":"swi-a-s---", "origin":"o", "lv_snapshot_invalid":"0", "snap_percent":"100.00"}""", LogicalVolumeKind.Snapshot, false)]
    [InlineData("""{"vg_name":"g", "lv_name":"v", "lv_size":"10", "lv_attr":"swi-a-s---", "origin":"o", "snap_percent":99.99, "lv_tags":["a","b"], "new":{"x":[1]}}""", LogicalVolumeKind.Snapshot, false)]
    [InlineData("""{"vg_name":"g", "lv_name":"v", "lv_size":10, "lv_attr":"Vwi-a-tz--", "origin":"o", "pool_lv":"p", "thin_id":null}""", LogicalVolumeKind.ThinSnapshot, false)]
    [InlineData("""{"vg_name":"g", "lv_name":"v", "lv_size":10, "lv_attr":"Vwi-a-tz--", "origin":"o", "pool_lv":"p", "lv_role":"public,extthin"}""", LogicalVolumeKind.Thin, false)]
    [InlineData("""{"vg_name":"g", "lv_name":"v", "lv_size":10, "lv_attr":"rwi-aor---"}""", LogicalVolumeKind.Thick, false)]
    [InlineData("""{"vg_name":"g", "lv_name":"[v]", "lv_size":10, "lv_attr":"iwi-aor---"}""", LogicalVolumeKind.Internal, false)]
    [InlineData("""{"vg_name":"g", "lv_name":"v", "lv_size":10, "lv_attr":"dwi-------", "lv_role":"private"}""", LogicalVolumeKind.Internal, false)]
    [InlineData("""{"vg_name":"g", "lv_name":"v", "lv_size":10, "lv_attr":"vwi-a-v---"}""", LogicalVolumeKind.Thick, false)]
    [InlineData("""{"vg_name":"g", "lv_name":"v", "lv_size":10, "lv_attr":"?wi-a-v---"}""", LogicalVolumeKind.Internal, false)]
    public void Other_versions_are_read(string row, LogicalVolumeKind kind, bool isInvalid)
    {
        var volume = Find(Wrap(row), "v");
        Assert.Equal((kind, 10, isInvalid), (volume.Kind, volume.Length, volume.IsInvalid));
    }

    [Theory]
    [InlineData(""" "lv_device_open":"open" """, true)]
    [InlineData(""" "lv_device_open":"" """, false)]
    [InlineData(""" "lv_device_open":"1" """, true)]
    [InlineData(""" "lv_device_open":0 """, false)]
    [InlineData(""" "lv_device_open":"unknown" """, null)]
    [InlineData(""" "lv_device_open":-1 """, null)]
    [InlineData(""" "lv_tags":"" """, null)]
    public void Open_device_is_known_where_LVM_says_so(string field, bool? isOpen) =>
        Assert.Equal(isOpen, Find(Wrap($$"""{"vg_name":"g", "lv_name":"v", "lv_size":10, "lv_attr":"-wi-a-----", {{field}}}"""), "v").IsOpen);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"report":1}""")]
    [InlineData("""{"report":[1]}""")]
    [InlineData("""{"report":[{"lv":{}}]}""")]
    [InlineData("""{"report":[{"lv":[1]}]}""")]
    [InlineData("""{"report":[{"lv":[[[[[[[[[]]]]]]]]]}]}""")]
    [InlineData("""{"report":[{"lv":[{}]}]}""")]
    [InlineData("""{"report":[{"lv":[{"vg_name":"g","lv_name":"v","lv_size":"-1","lv_attr":"-wi-a-----"}]}]}""")]
    [InlineData("""{"report":[{"lv":[{"vg_name":"g","lv_name":"v","lv_size":"9223372036854775808","lv_attr":"-wi-a-----"}]}]}""")]
    [InlineData("""{"report":[{"lv":[{"vg_name":"g","lv_name":"v","lv_size":"8.00m","lv_attr":"-wi-a-----"}]}]}""")]
    [InlineData("""{"report":[{"lv":[{"vg_name":"g","lv_name":"v","lv_size":"8","lv_attr":"-wi-"}]}]}""")]
    [InlineData("""{"report":[{"lv":[{"vg_name":"-g","lv_name":"v","lv_size":"8","lv_attr":"-wi-a-----"}]}]}""")]
    [InlineData("""{"report":[{"lv":[{"vg_name":"g","lv_name":"../v","lv_size":"8","lv_attr":"-wi-a-----"}]}]}""")]
    [InlineData("""{"report":[{"lv":[{"vg_name":"g","lv_name":"v","lv_size":{},"lv_attr":"-wi-a-----"}]}]}""")]
    [InlineData("""{"report":[{"lv":[{"vg_name":"g","lv_name":"v","lv_size":"8","lv_attr":"-wi-a-----","lv_tags":[1]}]}]}""")]
    public void Report_that_makes_no_sense_is_one_clear_error(string json)
    {
        var exception = Assert.Throws<LvmException>(() => LvmCommands.ListVolumes("g").Complete(new(0, json, "")));
        Assert.Contains("printed a report that can't be used", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Segments_of_a_volume_are_one_volume()
    {
        var row = """{"vg_name":"g", "lv_name":"v", "lv_uuid":"u", "lv_size":10, "lv_attr":"-wi-a-----"}""";
        Assert.Single(LvmReport.ReadVolumes(Wrap($"{row},{row}")));
        var exception = Assert.Throws<LvmException>(() => LvmCommands.ListVolumes("g").Complete(new(0, Wrap($"{row},{row.Replace("\"u\"", "\"other\"", StringComparison.Ordinal)}"), "")));
        Assert.Contains("two volumes g/v", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_of_another_group_is_refused() =>
        Assert.Throws<LvmException>(() => LvmCommands.ListVolumes("other").Complete(new(0, Wrap("""{"vg_name":"g", "lv_name":"v", "lv_size":10, "lv_attr":"-wi-a-----"}"""), "")));

    [Fact]
    public void Too_many_entries_are_refused()
    {
        var row = """{"vg_name":"g","lv_name":"v","lv_size":"8","lv_attr":"-wi-a-----"},""";
        var json = Wrap(string.Concat(Enumerable.Repeat(row, LvmReport.MaxRows + 1)).TrimEnd(','));
        Assert.Throws<LvmException>(() => LvmCommands.ListVolumes("g").Complete(new(0, json, "")));
    }

    // What LVM writes into the log of a report, it prints nowhere else.
    [Theory]
    [InlineData("""{"report":[],"log":[{"log_type":"error","log_message":"one"},{"log_type":"status","log_message":"failure"},{"log_type":"warn","log_message":"two"},{"log_type":"error","log_message":"one"}]}""", "one\ntwo\n")]
    [InlineData("""{"report":[],"log":[{"log_type":"error"},{"log_type":"error","log_message":""},{}]}""", "")]
    [InlineData("""{"report":[],"log":[{"log_type":"error","log_message":"one"},1]}""", "one\n")]
    [InlineData("""{"report":[],"log":{"log_message":"one"}}""", "")]
    [InlineData("""{"report":[],"log":[{"log_type":"error","log_message":{}}]}""", "")]
    [InlineData("""{"report":[]}""", "")]
    [InlineData("""{"log":[{"log_type":"error","log_message":"one"}""", "")]
    [InlineData("", "")]
    public void Reasons_of_a_failure_are_taken_from_the_log(string output, string reasons)
    {
        var exception = Assert.Throws<LvmException>(() => LvmCommands.GetVolumeGroup("g").Complete(new(5, output, "printed\n")));
        Assert.Equal((5, "printed\n" + reasons), (exception.CommandExitStatus, exception.ErrorText));
    }

    [Fact]
    public void Long_log_is_cut()
    {
        var log = string.Join(',', Enumerable.Range(0, 100_000).Select(index => $$"""{"log_type":"error","log_message":"{{index}}"}"""));
        var exception = Assert.Throws<LvmException>(() => LvmCommands.GetVolumeGroup("g").Complete(new(5, $$"""{"report":[],"log":[{{log}}]}""", "")));
        Assert.Equal(100, exception.ErrorText.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("""{"vg_name":"g","vg_extent_size":"0","vg_free":"0"}""")]
    [InlineData("""{"vg_name":"other","vg_extent_size":"4096","vg_free":"0"}""")]
    public void Group_that_makes_no_sense_is_refused(string row) =>
        Assert.Throws<LvmException>(() => LvmCommands.GetVolumeGroup("g").Complete(new(0, $$"""{"report":[{"vg":[{{row}}]}]}""", "")));

    private static string Wrap(string row) => $$"""{"report":[{"lv":[{{row}}]}],"log":[]}""";

    private static LogicalVolume Find(string json, string name) => LvmReport.ReadVolumes(json).Single(volume => volume.FullName.Name == name);
}
