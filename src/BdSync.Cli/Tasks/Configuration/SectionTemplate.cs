using System.Text.RegularExpressions;
using BdSync.Cli.Tasks.Configuration.Ini;

namespace BdSync.Cli.Tasks.Configuration;

/// <summary>A section whose name has <c>%(NAME)s</c> in it: one task for each word of the key NAMEs.</summary>
/// <param name="Section">The section.</param>
/// <param name="Variable">NAME, as a key.</param>
internal sealed partial record SectionTemplate(IniSection Section, string Variable)
{
    /// <summary>The key that lists the variable's values.</summary>
    public string ListKey => $"{Variable}s";

    /// <summary>Looks at a section's name.</summary>
    /// <returns>The template; null where the section is none.</returns>
    /// <exception cref="ConfigurationException">There is more than one variable; the message doesn't say where.</exception>
    public static SectionTemplate? Find(IniSection section)
    {
        var variables = Reference().Matches(section.Name).Select(match => IniText.ToKey(match.Groups[1].Value)).Distinct().ToList();
        return variables switch
        {
            [] => null,
            [var variable] when !section.Entries.Any(entry => entry.Key == variable) => new(section, variable),
            [var variable] => throw new ConfigurationException($"the key {variable} is what the section's name varies; {variable}s lists its values, and it can't have one of its own."),
            _ => throw new ConfigurationException($"the section's name has {variables.Count} different variables; one is allowed."),
        };
    }

    /// <summary>The name of the task for one value of the variable.</summary>
    public string GetTaskName(string value) => Reference().Replace(Section.Name, _ => value);

    [GeneratedRegex(@"%\(([^)]+)\)s", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
