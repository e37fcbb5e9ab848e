using System.Text;
using System.Text.RegularExpressions;
using BdSync.Cli.Tasks.Configuration.Ini;

namespace BdSync.Cli.Tasks.Configuration;

/// <summary>Replaces <c>%(name)s</c> by another key's value and <c>%%</c> by a percent sign, as Python's configparser does. One for a file: what all of its values take is limited.</summary>
internal sealed partial class Expansion
{
    /// <summary>How deep values may refer to values: configparser's limit.</summary>
    public const int MaxDepth = 10;

    /// <summary>The longest value, in characters.</summary>
    public const int MaxLength = 1 << 16;

    /// <summary>What all values of a file may take together: a unit for each character, and <see cref="NameCost"/> for each name that is replaced.</summary>
    public const int MaxTotal = 1 << 24;

    /// <summary>What a name takes of <see cref="MaxTotal"/>, be its value empty: looking it up takes time.</summary>
    private const int NameCost = 16;

    private int total;

    /// <summary>The names that a value refers to, as keys.</summary>
    public static IEnumerable<string> FindNames(string value) =>
        value.Contains('%', StringComparison.Ordinal) ? Token().Matches(value).Where(match => match.Groups[1].Success).Select(match => IniText.ToKey(match.Groups[1].Value)) : [];

    /// <summary>The value that is expanded to this text.</summary>
    public static string Escape(string text) => text.Replace("%", "%%", StringComparison.Ordinal);

    /// <summary>Doubles each <c>%</c> that is neither doubled nor the start of a name.</summary>
    public static string EscapeLone(string value) => Percent().Replace(value, match => match.Length > 1 ? match.Value : "%%");

    /// <summary>Replaces what is to be replaced.</summary>
    /// <param name="value">The value as it is written.</param>
    /// <param name="settings">What names stand for.</param>
    /// <exception cref="ConfigurationException">A name is unknown, a <c>%</c> stands for nothing, or it gets too deep or too long; the message doesn't say where.</exception>
    public string Expand(string value, IReadOnlyDictionary<string, Setting> settings)
    {
        var text = new StringBuilder();
        Append(text, value, settings, depth: 1);
        return text.ToString();
    }

    private void Append(StringBuilder text, string value, IReadOnlyDictionary<string, Setting> settings, int depth)
    {
        Check(depth <= MaxDepth || !value.Contains('%', StringComparison.Ordinal), $"values refer to each other more than {MaxDepth} deep, or in a circle.");
        var rest = 0;
        while (value.IndexOf('%', rest) is var percent and >= 0)
        {
            AppendText(text, value.AsSpan(rest, percent - rest));
            var match = Token().Match(value, percent);
            Check(match.Success && match.Index == percent, $"{Finding.Quote(value[percent..])} starts with a % that stands for nothing; %% is a percent sign, %(NAME)s the value of NAME.");
            rest = percent + match.Length;
            if (match.Groups[1].Success)
            {
                Charge(NameCost);
                var name = match.Groups[1].Value;
                Check(settings.TryGetValue(IniText.ToKey(name), out var setting), $"%({name})s is not known: neither the section nor [DEFAULT] has the key.");
                Append(text, setting!.Value, settings, depth + 1);
            }
            else
            {
                AppendText(text, "%");
            }
        }

        AppendText(text, value.AsSpan(rest));
    }

    private void AppendText(StringBuilder text, ReadOnlySpan<char> part)
    {
        Charge(part.Length);
        Check(text.Length + part.Length <= MaxLength, $"the value has more than {MaxLength} characters once names are replaced.");
        text.Append(part);
    }

    private void Charge(int units)
    {
        total += units;
        Check(total <= MaxTotal, $"the values of the file take more than {MaxTotal} characters together once names are replaced.");
    }

    private static void Check(bool condition, string problem)
    {
        if (!condition)
        {
            throw new ConfigurationException(problem);
        }
    }

    [GeneratedRegex(@"%(?:%|\(([^)]+)\)s)", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex(@"%[%(]?", RegexOptions.CultureInvariant)]
    private static partial Regex Percent();
}
