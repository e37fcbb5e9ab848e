using BdSync.Cli.Tasks.Configuration.Ini;

namespace BdSync.Cli.Tasks.Configuration;

/// <summary>A setting from the command line, which takes the place of what the file has.</summary>
/// <param name="Task">The task that it is for, templates expanded; null for all.</param>
/// <param name="Key">In lower case.</param>
/// <param name="Value">As in the file: names are replaced in it.</param>
internal sealed record SettingOverride(string? Task, string Key, string Value)
{
    /// <summary>What messages call it.</summary>
    public string Origin => $"--set {(Task is null ? "" : $"{Task}.")}{Key}";

    /// <summary>Reads <c>KEY=VALUE</c> or <c>TASK.KEY=VALUE</c>; the key begins behind the last dot before the first <c>=</c>.</summary>
    /// <exception cref="ConfigurationException">It is neither.</exception>
    public static SettingOverride Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var dot = equals < 0 ? -1 : text.LastIndexOf('.', equals);
        var key = equals < 0 ? "" : IniText.ToKey(IniText.Trim(text[(dot + 1)..equals]));
        return key.Length == 0 || dot == 0
            ? throw new ConfigurationException(Finding.Format("--set", null, null, $"{Finding.Quote(text)} is not understood; KEY=VALUE and TASK.KEY=VALUE are allowed."))
            : new(dot < 0 ? null : text[..dot], key, IniText.Trim(text[(equals + 1)..]));
    }
}
