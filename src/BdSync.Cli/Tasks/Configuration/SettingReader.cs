using BdSync.Protocol;

namespace BdSync.Cli.Tasks.Configuration;

/// <summary>Reads the settings of one section, and collects what is wrong with them.</summary>
/// <param name="section">The name of the task, or of the section.</param>
/// <param name="origin">Where the section stands: <c>FILE:LINE</c>.</param>
/// <param name="settings">What the section sees, in its order.</param>
/// <param name="expansion">Replaces names in values.</param>
internal sealed class SettingReader(string section, string origin, OrderedDictionary<string, Setting> settings, Expansion expansion)
{
    private readonly Dictionary<string, string> values = [];
    private readonly HashSet<string> faulty = [];
    private readonly HashSet<string> supplied = [];
    private readonly List<string> errors = [];
    private readonly List<string> warnings = [];

    public IReadOnlyList<string> Errors => errors;

    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>What has been read so far, names replaced, in the section's order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values => [.. settings.Keys.Where(values.ContainsKey).Select(key => new KeyValuePair<string, string>(key, values[key]))];

    /// <summary>Reads a value.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="absent">What comes out where there is none, where it is empty, and where it is refused, which is noted.</param>
    /// <param name="parse">Understands the value; its <see cref="BdSyncException"/> refuses it.</param>
    public T Get<T>(string key, T absent, Func<string, T> parse) => TryExpand(key) is { Length: > 0 } value ? Parse(key, value, absent, parse) : absent;

    /// <summary>The same for a value whose <c>%</c> needn't be doubled where it stands for nothing, as in <c>10%ORIGIN</c>.</summary>
    public T GetWithPercent<T>(string key, T absent, Func<string, T> parse) => TryExpand(key, Expansion.EscapeLone) is { Length: > 0 } value ? Parse(key, value, absent, parse) : absent;

    /// <summary>Reads a value that may not be empty where it is there: an empty yes or no would mean anything.</summary>
    public bool GetBoolean(string key, Func<string, bool> parse) => TryExpand(key) is { } value && Parse(key, value, false, parse);

    /// <summary>Reads a text; null where there is none or it is empty.</summary>
    public string? GetText(string key) => Get<string?>(key, null, text => text);

    /// <summary>Notes an error where a condition holds, unless one of the keys that it is about is in error already.</summary>
    public void RefuseIf(bool condition, string key, string problem, params ReadOnlySpan<string> otherKeys)
    {
        var isFollowUp = faulty.Contains(key);
        foreach (var other in otherKeys)
        {
            isFollowUp |= faulty.Contains(other);
        }

        if (condition && !isFollowUp)
        {
            Refuse(key, problem);
        }
    }

    /// <summary>Notes a warning.</summary>
    public void Warn(string key, string problem) => warnings.Add(Finding.Format(Locate(key), section, key, problem));

    /// <summary>Notes a warning where a condition holds and the section itself sets the key: what <c>[DEFAULT]</c> has need not be of use to each.</summary>
    public void WarnIfIdle(bool condition, string key, string problem)
    {
        if (condition && settings.TryGetValue(key, out var setting) && setting is { IsOfSection: true, Value.Length: > 0 })
        {
            Warn(key, $"the key has no effect: {problem}");
        }
    }

    /// <summary>Gives a key a value that the section lacks, as if it had it.</summary>
    public void Supply(string key, string value)
    {
        settings[key] = new(key, Expansion.Escape(value), origin);
        values[key] = value;
        supplied.Add(key);
    }

    /// <summary>Whether a key has been <see cref="Supply">supplied</see>.</summary>
    public bool IsSupplied(string key) => supplied.Contains(key);

    private string? TryExpand(string key, Func<string, string>? prepare = null)
    {
        if (!settings.TryGetValue(key, out var setting))
        {
            return null;
        }

        try
        {
            var value = expansion.Expand(prepare is null ? setting.Value : prepare(setting.Value), settings);
            if (value.Contains('\0', StringComparison.Ordinal))
            {
                throw new ConfigurationException("The value has a NUL character; any other is allowed.");
            }

            return values[key] = value;
        }
        catch (ConfigurationException exception)
        {
            Refuse(key, exception.Message);
            return null;
        }
    }

    private T Parse<T>(string key, string value, T absent, Func<string, T> parse)
    {
        try
        {
            return parse(value);
        }
        catch (BdSyncException exception)
        {
            Refuse(key, exception.Message);
            return absent;
        }
    }

    private void Refuse(string key, string problem)
    {
        faulty.Add(key);
        errors.Add(Finding.Format(Locate(key), section, key, problem));
    }

    private string Locate(string key) => settings.TryGetValue(key, out var setting) ? setting.Origin : origin;
}
