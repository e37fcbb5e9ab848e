using BdSync.Cli.Files;
using BdSync.Cli.Output;
using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Configuration;
using BdSync.Cli.Tasks.Configuration.Ini;
using BdSync.Cli.Tasks.Configuration.Values;

namespace BdSync.Cli.CommandLine.Completion;

/// <summary>The tasks of a file, as far as the file alone says: LVM is not asked, and no path that it names is looked at.</summary>
internal static class TaskNames
{
    /// <summary>Lists them; none where the file can't be used, or waits for somebody as a pipe does.</summary>
    public static IReadOnlyList<string> Find(string path)
    {
        try
        {
            var file = HomeFolder.Expand(path);

            // What a terminal would not show as it is can't be typed either.
            return IsRegular(file) ? [.. Find(IniFile.Read(file)).Where(PrintableText.IsPrintable).Distinct()] : [];
        }
        catch (Exception exception) when (exception is ConfigurationException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    private static bool IsRegular(string path) =>
        FileStatus.Get(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path, out var status) == 0 && status.IsRegularFile;

    private static IEnumerable<string> Find(IniFile file)
    {
        foreach (var section in file.Sections)
        {
            if (SectionTemplate.Find(section) is not { } template)
            {
                yield return section.Name;
                continue;
            }

            var list = section.Entries.Concat(file.Defaults.Entries).FirstOrDefault(entry => entry.Key == template.ListKey)?.Value ?? "";
            foreach (var word in list.Contains('%') ? [] : list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                yield return template.GetTaskName(word);
            }
        }
    }
}
