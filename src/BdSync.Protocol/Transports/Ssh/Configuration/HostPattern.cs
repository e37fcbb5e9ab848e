namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>Patterns of ssh_config(5), PATTERNS: <c>*</c> is any characters, <c>?</c> is one.</summary>
internal static class HostPattern
{
    /// <summary>Whether a pattern matches a whole text. Takes time proportional to the product of the lengths, whatever the pattern.</summary>
    public static bool Matches(string text, string pattern)
    {
        var (position, next) = (0, 0);
        var (star, resume) = (-1, 0);
        while (position < text.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
            {
                star = next++;
                resume = position;
            }
            else if (next < pattern.Length && (pattern[next] == '?' || pattern[next] == text[position]))
            {
                position++;
                next++;
            }
            else if (star >= 0)
            {
                next = star + 1;
                position = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(next).TrimStart('*').IsEmpty;
    }

    /// <summary>
    /// Whether a list with commas between its patterns matches: at least one does, and none of those with a <c>!</c> before it.
    /// </summary>
    public static bool MatchesList(string text, string patterns)
    {
        var isMatch = false;
        foreach (var pattern in patterns.Split(','))
        {
            if (pattern is ['!', .. var negated])
            {
                if (Matches(text, negated))
                {
                    return false;
                }
            }
            else
            {
                isMatch |= Matches(text, pattern);
            }
        }

        return isMatch;
    }

    /// <summary>Whether the words of a Host line match: at least one does, and none of those with a <c>!</c> before it.</summary>
    public static bool MatchesWords(string text, IReadOnlyList<string> patterns) =>
        !patterns.Any(pattern => pattern is ['!', .. var negated] && Matches(text, negated))
        && patterns.Any(pattern => !pattern.StartsWith('!') && Matches(text, pattern));
}
