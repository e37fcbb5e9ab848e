namespace BdSync.Protocol.Transports.Ssh.Trust;

/// <summary>Patterns of host names with <c>*</c>, <c>?</c> and <c>!</c>: ssh_config(5), PATTERNS. Case doesn't count in patterns; names are in lower case.</summary>
internal static class HostPattern
{
    /// <summary>A list with a longer pattern matches nothing, as in ssh(1).</summary>
    public const int MaxPatternLength = 1022;

    /// <summary>Whether a list with commas has a pattern that fits and no negated one that does.</summary>
    public static bool IsMatchOfList(ReadOnlySpan<byte> name, ReadOnlySpan<byte> patterns)
    {
        var isMatch = false;
        while (!patterns.IsEmpty)
        {
            var comma = patterns.IndexOf((byte)',');
            var pattern = comma < 0 ? patterns : patterns[..comma];
            patterns = comma < 0 ? [] : patterns[(comma + 1)..];
            var isNegated = pattern is [(byte)'!', ..];
            pattern = isNegated ? pattern[1..] : pattern;
            if (pattern.Length > MaxPatternLength)
            {
                return false;
            }

            if (IsMatch(name, pattern))
            {
                if (isNegated)
                {
                    return false;
                }

                isMatch = true;
            }
        }

        return isMatch;
    }

    /// <summary>Whether one pattern fits. Takes at most the product of the lengths in steps.</summary>
    public static bool IsMatch(ReadOnlySpan<byte> name, ReadOnlySpan<byte> pattern)
    {
        // After a mismatch the last asterisk takes one more byte; those before it need no second try.
        int position = 0, index = 0, afterAsterisk = -1, retry = 0;
        while (position < name.Length)
        {
            if (index < pattern.Length && pattern[index] == '*')
            {
                afterAsterisk = ++index;
                retry = position;
            }
            else if (index < pattern.Length && (pattern[index] == '?' || ToLower(pattern[index]) == name[position]))
            {
                index++;
                position++;
            }
            else if (afterAsterisk >= 0)
            {
                index = afterAsterisk;
                position = ++retry;
            }
            else
            {
                return false;
            }
        }

        return !pattern[index..].ContainsAnyExcept((byte)'*');
    }

    private static byte ToLower(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value;
}
