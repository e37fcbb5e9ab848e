using BdSync.Cli.Tasks.Configuration.Ini;

namespace BdSync.Cli.Tasks.Configuration;

/// <summary>Reads task files.</summary>
internal static class TaskFileReader
{
    /// <summary>Reads a file whose tasks are to be run: all of it has to be right.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">Settings from the command line; the last one of a key counts.</param>
    /// <exception cref="ConfigurationException">It is not; the message has a line for each error.</exception>
    public static TaskFile Read(string path, IReadOnlyList<SettingOverride> overrides)
    {
        var examination = Examine(path, overrides);
        ConfigurationException.ThrowIfAny(examination.AllErrors);
        return new(path, [.. examination.Sections.Select(section => section.Task!)], examination.RunHooks, examination.Warnings);
    }

    /// <summary>Reads a file and says what is wrong with it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">Settings from the command line; the last one of a key counts.</param>
    /// <exception cref="ConfigurationException">It can't be read, or is not even a file of sections and keys.</exception>
    public static TaskFileExamination Examine(string path, IReadOnlyList<SettingOverride> overrides) => new TaskFileExaminer(IniFile.Read(path), overrides).Examine();
}
