using System.Diagnostics;
using BdSync.TestUtilities;

namespace BdSync.Lvm.Tests.Recordings;

/// <summary>Which volumes of a whole group are data, with a program in lvm's place that prints what a version printed.</summary>
public sealed class RecordedListingTests : IDisposable
{
    /// <summary>What every version can make.</summary>
    private static readonly string[] Data =
    [
        "between", "cached", "data", "external", "fullthin", "inactive", "logged", "mirrored", "orphan", "overexternal", "plainstripes", "raid0", "raid1", "raid10", "raid5", "raidoff", "readonly",
        "restored", "segments", "stripes", "thin", "thinmerged", "thinoff", "tracked", "with-dash",
    ];

    /// <summary>What only some can: cached by a plain volume (or those volumes, not used), with integrity.</summary>
    private static readonly string[] More = ["cachedvol", "checked", "fastvol", "writefast", "written"];

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Versions => new(Recording.LvmVersions);

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Group_lists_data_only(string version)
    {
        var recordings = Recording.ReadLvm(version);
        var tool = Create(recordings["group"].Result, recordings["volumes"].Result);
        var group = await tool.GetVolumeGroupAsync("vg0", TestContext.Current.CancellationToken);
        Assert.Equal(4 << 20, group.ExtentLength);
        var names = (await group.GetVolumesAsync(tool, TestContext.Current.CancellationToken)).Select(volume => volume.FullName.Name).ToList();
        Assert.Equal(Data, names.Except(More));
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    // From 2.03.31 on, the reason stands in the report only.
    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Missing_group_is_one_clear_error(string version)
    {
        var result = Recording.ReadLvm(version)["group-missing"].Result;
        var exception = await Assert.ThrowsAsync<LvmException>(() => Create(result, result).GetVolumeGroupAsync("nothing", TestContext.Current.CancellationToken));
        Assert.Equal(5, exception.CommandExitStatus);
        Assert.Contains("ended with exit status 5: ", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("Volume group \"nothing\" not found / Cannot process volume group nothing", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private LvmTool Create(LvmResult groups, LvmResult volumes)
    {
        foreach (var (name, result) in new[] { ("vgs", groups), ("lvs", volumes) })
        {
            File.WriteAllText(folder.GetPath(name + ".output"), result.Output);
            File.WriteAllText(folder.GetPath(name + ".errors"), result.Errors);
            File.WriteAllText(folder.GetPath(name + ".status"), $"{result.ExitStatus}");
        }

        // Written by another process: a file that this one has open for writing can't be run.
        var path = folder.GetPath("lvm");
        var script = $"cd {folder.FullPath} && cat $1.output && cat $1.errors >&2 && exit $(cat $1.status)";
        using var writing = Process.Start("sh", ["-c", "printf '#!/bin/sh\n%s\n' \"$1\" > \"$0\"; chmod 755 \"$0\"", path, script]);
        writing.WaitForExit();
        return new(path);
    }
}
