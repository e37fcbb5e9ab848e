using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Configuration;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Tasks.Configuration;

/// <summary>A folder with a source, a folder for patches, and a task file; <c>FOLDER</c> in a text stands for it.</summary>
internal sealed class TaskFileFolder : IDisposable
{
    /// <summary>What a local task needs, three lines.</summary>
    public const string Local = "source_path = FOLDER/source\ntarget_path = FOLDER/target\ntarget_patch_dir = FOLDER/patches\n";

    /// <summary>What a remote task needs besides.</summary>
    public const string Remote = Local + "connection_command = ssh host\nremote_bdsync_bin = /bin/bdsync\n";

    private readonly TemporaryFolder folder = new();

    public TaskFileFolder()
    {
        folder.CreateFile("source", "data"u8);
        Directory.CreateDirectory(folder.GetPath("patches"));
    }

    public string FilePath => folder.GetPath("tasks.conf");

    /// <summary>A text with <c>FOLDER</c> replaced.</summary>
    public string Fill(string text) => text.Replace("FOLDER", folder.FullPath, StringComparison.Ordinal);

    public TaskFile Read(string text, params string[] overrides) => TaskFileReader.Read(Write(text), Parse(overrides));

    public TaskFileExamination Examine(string text, params string[] overrides) => TaskFileReader.Examine(Write(text), Parse(overrides));

    /// <summary>The only task of a file.</summary>
    public SyncTask ReadTask(string text, params string[] overrides) => Assert.Single(Read(text, overrides).Tasks);

    /// <summary>The errors of a file, without its folder.</summary>
    public string[] Refuse(string text, params string[] overrides) =>
        [.. Assert.Throws<ConfigurationException>(() => Read(text, overrides)).Message.Replace(folder.FullPath, "FOLDER", StringComparison.Ordinal).Split('\n')];

    /// <summary>The warnings of a file, without its folder.</summary>
    public string[] Warn(string text, params string[] overrides) => [.. Read(text, overrides).Warnings.Select(line => line.Replace(folder.FullPath, "FOLDER", StringComparison.Ordinal))];

    public void Dispose() => folder.Dispose();

    private string Write(string text)
    {
        File.WriteAllText(FilePath, Fill(text));
        return FilePath;
    }

    private static List<SettingOverride> Parse(string[] overrides) => [.. overrides.Select(SettingOverride.Parse)];
}
