namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>The condition of a Match line of ssh_config(5).</summary>
/// <param name="IsMatch">Whether the lines behind it count.</param>
/// <param name="NamesFinal">Whether it asks for the files to be read a second time.</param>
/// <param name="Unsupported">The criterion for want of which it doesn't match, though all the others would; else null.</param>
internal readonly record struct MatchCondition(bool IsMatch, bool NamesFinal, string? Unsupported)
{
    // With an argument, as those that are supported; commands aren't run for a file.
    private static readonly string[] UnsupportedCriteria = ["exec", "localnetwork", "tagged", "command", "sessiontype", "version"];

    /// <summary>Compares the criteria, all of which must match.</summary>
    /// <exception cref="TransportException">The line is malformed.</exception>
    public static MatchCondition Evaluate(SshConfigurationLine line, MatchContext context)
    {
        var words = new Queue<string>(line.GetWords());
        var isMatch = true;
        var namesFinal = false;
        string? unsupported = null;
        var count = 0;
        while (words.TryDequeue(out var word))
        {
            var isNegated = word.StartsWith('!');
            var parts = word[(isNegated ? 1 : 0)..].Split('=', 2);
            var criterion = parts[0].ToLowerInvariant();
            if (criterion == "all")
            {
                if (count > 1 || words.Count > 0)
                {
                    throw line.Error("all can't stand with other criteria; remove either");
                }

                return Create(isMatch && !isNegated);
            }

            count++;
            if (criterion is "final" or "canonical")
            {
                namesFinal |= criterion == "final";
                isMatch &= context.IsFinal != isNegated;
            }
            else if (GetSubject(criterion, context) is { } subject)
            {
                isMatch &= HostPattern.MatchesList(subject, GetPatterns(criterion)) != isNegated;
            }
            else
            {
                unsupported ??= criterion;
                if (!UnsupportedCriteria.Contains(criterion))
                {
                    // Whether it has an argument isn't known.
                    return Create(isMatch);
                }

                GetPatterns(criterion);
            }

            string GetPatterns(string name)
            {
                var patterns = parts.Length > 1 ? parts[1] : "";
                while (patterns.Length == 0)
                {
                    patterns = words.TryDequeue(out var next) && next.Length > 0
                        ? next[(next[0] == '=' ? 1 : 0)..]
                        : throw line.Error($"the criterion {name} has no argument");
                }

                return name is "host" or "originalhost" ? patterns.ToLowerInvariant() : patterns;
            }
        }

        return count > 0 ? Create(isMatch) : throw line.Error("it has no criterion; write Match all if it is to match always");

        MatchCondition Create(bool isComplete) => new(isComplete && unsupported is null, namesFinal, isComplete ? unsupported : null);
    }

    private static string? GetSubject(string criterion, MatchContext context) => criterion switch
    {
        "host" => context.Host.ToLowerInvariant(),
        "originalhost" => context.OriginalHost.ToLowerInvariant(),
        "user" => context.User,
        "localuser" => context.LocalUser,
        _ => null,
    };
}
