using System.Text.Json;
using BdSync.Cli.Tasks.Configuration.Ini;
using BdSync.Cli.Tasks.Configuration.Values;
using BdSync.Cli.Tasks.Configuration;
using BdSync.Cli.Tasks;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Tasks.Configuration;

/// <summary>What Python makes of texts that <c>Recordings/record.py</c> generated. <c>BDSYNC_PYTHON_RECORDINGS</c> names a folder with others.</summary>
public class PythonRecordingTests
{
    [Fact]
    public void Files_are_read_as_configparser_reads_them()
    {
        foreach (var recording in Read("configparser.json"))
        {
            var text = recording.GetProperty("text").GetString()!;
            Assert.Equal((text, recording.GetProperty("sections").GetRawText()), (text, Serialize(ReadSections(text))));
        }
    }

    [Fact]
    public void Words_are_split_as_shlex_splits_them()
    {
        foreach (var recording in Read("shlex.json"))
        {
            var text = recording.GetProperty("text").GetString()!;
            Assert.Equal((text, recording.GetProperty("words").GetRawText()), (text, Serialize(Try(() => ShellWords.Split(text)))));
        }
    }

    private static List<JsonElement> Read(string name)
    {
        var folder = Environment.GetEnvironmentVariable("BDSYNC_PYTHON_RECORDINGS")
            ?? Path.Combine(TestEnvironment.SourceFolder, "tests", "BdSync.Cli.Tests", "Tasks", "Configuration", "Recordings");
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, name)));
        List<JsonElement> recordings = [.. document.RootElement.EnumerateArray().Select(element => element.Clone())];
        Assert.True(recordings.Count >= 100);
        return recordings;
    }

    private static object[]? ReadSections(string text)
    {
        if (Try(() => new IniParser("f").Parse(text)) is not { } file)
        {
            return null;
        }

        return [.. file.Sections.Select(section => new object[] { section.Name, Expand([.. section.Entries, .. file.Defaults.Entries]) })];
    }

    private static object[] Expand(IEnumerable<IniEntry> entries)
    {
        var settings = new OrderedDictionary<string, Setting>();
        foreach (var entry in entries)
        {
            settings.TryAdd(entry.Key, new(entry.Key, entry.Value, ""));
        }

        return [.. settings.Values.Select(setting => new[] { setting.Key, Try(() => new Expansion().Expand(setting.Value, settings)) })];
    }

    private static T? Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (ConfigurationException)
        {
            return null;
        }
    }

    // Python's spacing and escapes, as far as they occur.
    private static string Serialize(object? value) => value switch
    {
        null => "null",
        string text => $"\"{string.Concat(text.Select(Escape))}\"",
        IEnumerable<object?> items => $"[{string.Join(", ", items.Select(Serialize))}]",
        _ => throw new ArgumentException("Neither a text nor a list.", nameof(value)),
    };

    private static string Escape(char character) => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\f' => "\\f",
        '\b' => "\\b",
        < ' ' or > '~' => $"\\u{(int)character:x4}",
        _ => character.ToString(),
    };
}
