using BdSync.Cli.Tasks.Configuration.Ini;
using BdSync.Lvm;

namespace BdSync.Cli.Tasks.Configuration;

/// <summary>Makes tasks of a file's sections. For one file.</summary>
/// <param name="file">The file.</param>
/// <param name="overrides">Settings from the command line.</param>
/// <param name="listVolumes">Lists the volumes of a volume group, given the lvm program and the group; null to ask LVM. It is asked once for each.</param>
internal sealed class TaskFileExaminer(IniFile file, IReadOnlyList<SettingOverride> overrides, Func<string, string, IReadOnlyList<string>>? listVolumes = null)
{
    /// <summary>The most tasks of a file, templates expanded.</summary>
    public const int MaxTasks = 10000;

    private readonly VolumeLists volumeLists = new(listVolumes);
    private readonly Expansion expansion = new();
    private readonly List<SectionExamination> sections = [];
    private readonly HashSet<string> taskNames = [];
    private readonly HashSet<string> listKeys = [];
    private readonly List<string> errors = [];
    private readonly List<string> warnings = [];

    public TaskFileExamination Examine()
    {
        foreach (var section in file.Sections)
        {
            ExamineSection(section);
        }

        var defaults = new SettingReader(file.Defaults.Name, file.Path, Merge(null, null), expansion);
        var hooks = TaskReader.ReadRunHooks(defaults);
        errors.AddRange(defaults.Errors);
        if (sections.Count > MaxTasks)
        {
            errors.Add(Finding.Format(file.Path, null, null, $"the file has more than {MaxTasks} tasks once templates are expanded."));
        }

        var keys = new KeyExamination(file, overrides, listKeys, taskNames);
        errors.AddRange(keys.FindErrors());
        warnings.AddRange(keys.FindWarnings());
        return new(file.Path, sections, hooks, errors, [.. warnings.Distinct()]);
    }

    private void ExamineSection(IniSection section)
    {
        try
        {
            if (SectionTemplate.Find(section) is { } template)
            {
                ExamineTemplate(template);
            }
            else
            {
                ExamineTask(section, section.Name, Merge(section, section.Name), isTemplate: false);
            }
        }
        catch (ConfigurationException exception)
        {
            Fail(section, section.Name, exception.Message);
        }
    }

    private void ExamineTemplate(SectionTemplate template)
    {
        var section = template.Section;
        listKeys.Add(template.ListKey);
        var settings = new SettingReader(section.Name, Locate(section), Merge(section, null), expansion);
        var group = settings.GetText(TaskKeys.SourceVolumeGroup);
        var values = group is null
            ? settings.GetText(template.ListKey)?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? []
            : settings.Get<string[]>(TaskKeys.SourceVolumeGroup, [], name => SourceVolumes.List(name, settings, volumeLists));
        settings.RefuseIf(
            group is not null && settings.GetText(template.ListKey) is not null, template.ListKey, $"{TaskKeys.SourceVolumeGroup} is set as well; one of the two is allowed, and an empty value takes back what [DEFAULT] has.", TaskKeys.SourceVolumeGroup);
        settings.RefuseIf(values.Length == 0, template.ListKey, $"there are no values for %({template.Variable})s in the section's name; words with blanks between are needed.", TaskKeys.SourceVolumeGroup);
        settings.RefuseIf(overrides.Any(item => item.Key == template.Variable), template.Variable, $"the key is what the section's name varies; {template.ListKey} lists its values, and it can't have one of its own.");
        if (settings.Errors.Count > 0)
        {
            sections.Add(new(section.Name, null, [], settings.Errors));
            return;
        }

        foreach (var value in values.TakeWhile(_ => sections.Count <= MaxTasks))
        {
            var name = template.GetTaskName(value);
            var merged = Merge(section, name);
            merged[template.Variable] = new(template.Variable, Expansion.Escape(value), Locate(section));
            if (group is not null)
            {
                merged.TryAdd(TaskKeys.SourcePath, new(TaskKeys.SourcePath, Expansion.Escape(new VolumeName(group, value).Path), Locate(section)));
            }

            ExamineTask(section, name, merged, isTemplate: true);
        }
    }

    private void ExamineTask(IniSection section, string name, OrderedDictionary<string, Setting> settings, bool isTemplate)
    {
        if (!taskNames.Add(name))
        {
            Fail(section, name, "there is another task of this name; templates expanded, a name is allowed once.");
            return;
        }

        var reader = new SettingReader(name, Locate(section), settings, expansion);
        var task = TaskReader.Read(name, reader);
        SourceVolumes.Check(reader, isTemplate);
        warnings.AddRange(reader.Warnings);
        sections.Add(new(name, reader.Errors.Count == 0 ? task : null, reader.Values, reader.Errors));
    }

    /// <summary>What a section sees: its own keys, those of <c>[DEFAULT]</c>, and what the command line puts in their place.</summary>
    private OrderedDictionary<string, Setting> Merge(IniSection? section, string? task)
    {
        OrderedDictionary<string, Setting> settings = [];
        foreach (var (entry, isOfSection) in (section?.Entries ?? []).Select(entry => (entry, true)).Concat(file.Defaults.Entries.Select(entry => (entry, false))))
        {
            settings.TryAdd(entry.Key, new(entry.Key, entry.Value, $"{file.Path}:{entry.Line}", isOfSection));
        }

        foreach (var item in overrides.Where(item => item.Task is null).Concat(overrides.Where(item => item.Task is not null && item.Task == task)))
        {
            settings[item.Key] = new(item.Key, item.Value, item.Origin, item.Task is not null);
        }

        return settings;
    }

    private void Fail(IniSection section, string name, string problem) => sections.Add(new(name, null, [], [Finding.Format(Locate(section), name, null, problem)]));

    private string Locate(IniSection section) => $"{file.Path}:{section.Line}";
}
