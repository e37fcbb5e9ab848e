using BdSync.Cli.Tasks.Configuration;
using BdSync.Cli.Tasks.Configuration.Ini;

namespace BdSync.Cli.Tests.Tasks.Configuration;

/// <summary>The keys about comparing only what has changed.</summary>
public sealed class IncrementalSettingsTests : IDisposable
{
    private const string Task = "[x]\nsource_path = FOLDER/source\ntarget_path = FOLDER/t\ntarget_patch_dir = FOLDER/patches\nlvm_program_path = /bin/sh\n";

    private readonly TaskFileFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Settings_are_read()
    {
        var section = Examine("lvm_snapshot_enabled = yes\nlvm_incremental = yes\nlvm_era_device = /dev/mapper/x\nfull_compare_every = 3");
        Assert.Empty(section.Errors);
        Assert.Equal((true, "/dev/mapper/x", 3), (section.Task!.Lvm!.IsIncremental, section.Task.Lvm.EraDevice, section.Task.Lvm.FullCompareEvery));
    }

    [Theory]
    [InlineData("lvm_incremental = yes", "lvm_incremental: there is no snapshot that could be kept")]
    [InlineData("lvm_snapshot_enabled = yes\nlvm_incremental = yes\nlvm_era_device = mapper/x", "lvm_era_device: 'mapper/x' is no path of a device; one such as /dev/mapper/NAME is needed.")]
    public void Settings_that_lack_others_are_refused(string lines, string error) =>
        Assert.Contains(error, Assert.Single(Examine(lines).Errors), StringComparison.Ordinal);

    [Fact]
    public void Era_device_that_is_not_asked_is_warned_of()
    {
        File.WriteAllText(folder.FilePath, folder.Fill($"{Task}lvm_snapshot_enabled = yes\nlvm_era_device = /dev/mapper/x"));
        Assert.Contains("the device is asked for what has changed only with lvm_incremental = yes.", Assert.Single(ExamineFile().Warnings), StringComparison.Ordinal);
    }

    private SectionExamination Examine(string lines)
    {
        File.WriteAllText(folder.FilePath, folder.Fill(Task + lines));
        return Assert.Single(ExamineFile().Sections);
    }

    private TaskFileExamination ExamineFile() => new TaskFileExaminer(IniFile.Read(folder.FilePath), []).Examine();
}
