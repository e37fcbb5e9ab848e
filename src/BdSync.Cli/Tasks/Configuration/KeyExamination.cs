using BdSync.Cli.Tasks.Configuration.Ini;

namespace BdSync.Cli.Tasks.Configuration;

/// <summary>Looks for keys that nobody reads. A key that a value or a section's name refers to is the user's own and no such.</summary>
/// <param name="file">The file.</param>
/// <param name="overrides">Settings from the command line.</param>
/// <param name="listKeys">The keys that list the values of templates.</param>
/// <param name="taskNames">Every task.</param>
internal sealed class KeyExamination(IniFile file, IReadOnlyList<SettingOverride> overrides, IReadOnlySet<string> listKeys, IReadOnlySet<string> taskNames)
{
    private readonly HashSet<string> references =
    [
        .. file.Sections.Append(file.Defaults).SelectMany(section => section.Entries).SelectMany(entry => Expansion.FindNames(entry.Value)),
        .. overrides.SelectMany(item => Expansion.FindNames(item.Value)),
    ];

    /// <summary>Overrides of what is not there, and keys of a run that a section has.</summary>
    public IEnumerable<string> FindErrors()
    {
        foreach (var section in file.Sections)
        {
            foreach (var entry in section.Entries.Where(entry => TaskKeys.OfRun.Contains(entry.Key)))
            {
                yield return Finding.Format($"{file.Path}:{entry.Line}", section.Name, entry.Key, $"the key is about a run, not a task; it is allowed in [{IniParser.DefaultSection}] only.");
            }
        }

        foreach (var item in overrides)
        {
            if (item.Task is not null && !taskNames.Contains(item.Task))
            {
                yield return Finding.Format(item.Origin, null, null, $"there is no task {Finding.Quote(item.Task)} in {file.Path}.");
            }
            else if (item.Task is not null && TaskKeys.OfRun.Contains(item.Key))
            {
                yield return Finding.Format(item.Origin, null, null, $"the key is about a run, not a task; {item.Key}=VALUE is allowed.");
            }
            else if (!TaskKeys.IsKnown(item.Key) && !IsOwn(item.Key))
            {
                yield return Finding.Format(item.Origin, null, null, $"there is no key {Finding.Quote(item.Key)}; the nearest known one is {TaskKeys.FindNearest(item.Key)}.");
            }
        }
    }

    /// <summary>Keys that are not known, with those that may be meant.</summary>
    public IEnumerable<string> FindWarnings() =>
        from section in file.Sections.Prepend(file.Defaults)
        from entry in section.Entries
        where !TaskKeys.IsKnown(entry.Key) && !IsOwn(entry.Key)
        select Finding.Format($"{file.Path}:{entry.Line}", section.Name, entry.Key, $"the key is not known and has no effect; the nearest known one is {TaskKeys.FindNearest(entry.Key)}.");

    private bool IsOwn(string key) => references.Contains(key) || listKeys.Contains(key);
}
