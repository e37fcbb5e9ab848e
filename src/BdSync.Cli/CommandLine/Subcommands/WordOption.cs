using System.CommandLine;

namespace BdSync.Cli.CommandLine.Subcommands;

/// <summary>Options that take one of a few words, in any case.</summary>
internal static class WordOption
{
    public static Option<string> Create(string name, string description, string defaultWord, string[] words)
    {
        var option = new Option<string>(name) { Description = description, HelpName = string.Join('|', words), DefaultValueFactory = _ => defaultWord };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && !words.Contains(token.Value, StringComparer.OrdinalIgnoreCase))
            {
                result.AddError($"{name} {token.Value} is not known; {string.Join(", ", words)} are.");
            }
        });
        return option;
    }
}
