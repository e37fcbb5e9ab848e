namespace BdSync.Cli.CommandLine;

/// <summary>
/// Parses words by the rules of GNU getopt_long: options and operands may be mixed, <c>--</c> ends the options, letters may be
/// bundled, long names may be abbreviated while that is unambiguous.
/// </summary>
internal sealed class GetOpt(IReadOnlyList<OptionDefinition> definitions)
{
    /// <summary>Parses the words.</summary>
    /// <exception cref="UsageException">An option is unknown, ambiguous, or its argument is missing or too many.</exception>
    public (List<ParsedOption> Options, List<string> Operands) Parse(IReadOnlyList<string> words)
    {
        List<ParsedOption> options = [];
        List<string> operands = [];
        var rest = new Queue<string>(words);
        while (rest.TryDequeue(out var word))
        {
            if (word == "--")
            {
                operands.AddRange(rest);
                break;
            }

            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                options.Add(ParseLong(word[2..], rest));
            }
            else if (word.Length > 1 && word[0] == '-')
            {
                ParseShort(word[1..], rest, options);
            }
            else
            {
                operands.Add(word);
            }
        }

        return (options, operands);
    }

    private ParsedOption ParseLong(string text, Queue<string> rest)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? text : text[..equals];
        var value = equals < 0 ? null : text[(equals + 1)..];
        var definition = FindLong(name);
        return definition.Argument switch
        {
            OptionArgument.None when value is not null => throw new UsageException($"option '--{definition.Name}' doesn't allow an argument"),
            OptionArgument.Required when value is null =>
                new(definition, rest.TryDequeue(out var next) ? next : throw new UsageException($"option '--{definition.Name}' requires an argument")),
            _ => new(definition, value),
        };
    }

    private OptionDefinition FindLong(string name)
    {
        if (definitions.FirstOrDefault(definition => definition.Name == name) is { } exact)
        {
            return exact;
        }

        var candidates = definitions.Where(definition => !definition.Extension && definition.Name.StartsWith(name, StringComparison.Ordinal)).ToList();
        return candidates.Count switch
        {
            0 => throw new UsageException($"unrecognized option '--{name}'"),
            1 => candidates[0],
            _ => throw new UsageException(
                $"option '--{name}' is ambiguous; possibilities: {string.Join(' ', candidates.Select(candidate => $"'--{candidate.Name}'"))}"),
        };
    }

    private void ParseShort(string letters, Queue<string> rest, List<ParsedOption> options)
    {
        for (var index = 0; index < letters.Length; index++)
        {
            var letter = letters[index];
            var definition = definitions.FirstOrDefault(candidate => candidate.ShortName == letter)
                ?? throw new UsageException($"invalid option -- '{letter}'");
            if (definition.Argument == OptionArgument.None)
            {
                options.Add(new(definition, null));
                continue;
            }

            var value = index + 1 < letters.Length ? letters[(index + 1)..] : null;
            if (value is null && definition.Argument == OptionArgument.Required && !rest.TryDequeue(out value))
            {
                throw new UsageException($"option requires an argument -- '{letter}'");
            }

            options.Add(new(definition, value));
            return;
        }
    }
}
