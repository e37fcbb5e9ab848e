namespace BdSync.Cli.Tasks.Configuration.Ini;

/// <summary>
/// Reads the dialect of Python's configparser with its defaults. What that refuses is refused here; a byte order mark is skipped instead. For one text.
/// </summary>
internal sealed class IniParser(string path)
{
    /// <summary>The most sections of a file.</summary>
    public const int MaxSections = 10000;

    /// <summary>The most keys of a section.</summary>
    public const int MaxKeys = 1000;

    /// <summary>The section that gives values to all others.</summary>
    public const string DefaultSection = "DEFAULT";

    private const char ByteOrderMark = '\uFEFF';

    private readonly List<string> errors = [];
    private readonly List<IniEntry> defaults = [];
    private readonly OrderedDictionary<string, (int Line, List<IniEntry> Entries)> sections = [];
    private readonly HashSet<(string Section, string Key)> keys = [];
    private string section = "";
    private List<IniEntry>? entries;
    private List<string>? value;
    private string key = "";
    private int keyLine;
    private int indentation;

    /// <summary>Reads all of it.</summary>
    /// <exception cref="ConfigurationException">It breaks the rules; all breaches are in the message, a line each.</exception>
    public IniFile Parse(string text)
    {
        var content = text.StartsWith(ByteOrderMark) ? text[1..] : text;
        var lines = content.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            ReadLine(lines[index], index + 1);
        }

        EndEntry();
        ConfigurationException.ThrowIfAny(errors);
        return new(path, new(DefaultSection, 0, defaults), [.. sections.Select(pair => new IniSection(pair.Key, pair.Value.Line, pair.Value.Entries))]);
    }

    private void ReadLine(string line, int number)
    {
        var content = IniText.Trim(line);
        if (content.StartsWith('#') || content.StartsWith(';'))
        {
            return;
        }

        if (content.Length == 0)
        {
            value?.Add("");
            return;
        }

        var lineIndentation = line.IndexOf(content, StringComparison.Ordinal);
        if (value is not null && lineIndentation > indentation)
        {
            value.Add(content);
            return;
        }

        indentation = lineIndentation;
        EndEntry();

        // What stands behind the last bracket does not count.
        var nameEnd = content[0] == '[' ? content.LastIndexOf(']') : -1;
        if (nameEnd > 1)
        {
            BeginSection(content[1..nameEnd], number);
        }
        else
        {
            BeginEntry(content, number);
        }
    }

    private void BeginSection(string name, int line)
    {
        section = name;
        if (name == DefaultSection)
        {
            entries = defaults;
            return;
        }

        entries = [];
        if (!sections.TryAdd(name, (line, entries)))
        {
            Fail(line, null, $"the section stands in line {sections[name].Line} already; one of them is allowed.");
        }
        else if (sections.Count == MaxSections + 1)
        {
            Fail(line, null, $"there are more than {MaxSections} sections.");
        }
    }

    private void BeginEntry(string content, int line)
    {
        if (entries is null)
        {
            Fail(line, null, $"{Finding.Quote(content)} stands before the first section; [NAME] has to come first.");
            entries = [];
            return;
        }

        var delimiter = content.AsSpan().IndexOfAny('=', ':');
        if (delimiter <= 0)
        {
            Fail(line, null, delimiter == 0 ? $"{Finding.Quote(content)} has no key before its {content[0]}." : $"{Finding.Quote(content)} is no section, no comment, and has no = or : behind a key.");
            return;
        }

        key = IniText.ToKey(IniText.Trim(content[..delimiter]));
        keyLine = line;
        value = [IniText.Trim(content[(delimiter + 1)..])];
        if (!keys.Add((section, key)))
        {
            Fail(line, key, "the section has this key already; one of them is allowed.");
        }
        else if (entries.Count == MaxKeys)
        {
            Fail(line, key, $"the section has more than {MaxKeys} keys.");
        }
    }

    private void EndEntry()
    {
        if (value is not null)
        {
            entries!.Add(new(key, string.Join('\n', value).TrimEnd('\n'), keyLine));
            value = null;
        }
    }

    private void Fail(int line, string? failedKey, string problem) =>
        errors.Add(Finding.Format($"{path}:{line}", entries is null ? null : section, failedKey, problem));
}
