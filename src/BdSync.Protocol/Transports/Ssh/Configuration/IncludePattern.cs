namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>Finds the files that an Include line names: glob(7), without names for classes of characters.</summary>
internal static class IncludePattern
{
    /// <summary>Finds files.</summary>
    /// <param name="pattern">An absolute path in which <c>*</c>, <c>?</c> and <c>[…]</c> stand for characters other than / and a leading dot.</param>
    /// <param name="maximum">After how many to stop: one more is returned than is allowed, so that it can be told.</param>
    /// <returns>What exists, in the order of the bytes of the names.</returns>
    public static IReadOnlyList<string> Find(string pattern, int maximum)
    {
        IEnumerable<string> paths = ["/"];
        foreach (var part in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            paths = part.AsSpan().IndexOfAny("*?[") < 0
                ? paths.Select(path => Path.Combine(path, part))
                : paths.SelectMany(path => List(path, part));
        }

        return [.. paths.Where(path => Path.Exists(path) || new FileInfo(path).LinkTarget is not null).Take(maximum + 1)];
    }

    private static IEnumerable<string> List(string folder, string pattern)
    {
        string[] names;
        try
        {
            names = [.. new DirectoryInfo(folder).EnumerateFileSystemInfos().Select(entry => entry.Name)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // glob(3) goes on where a folder can't be read, too.
            return [];
        }

        Array.Sort(names, StringComparer.Ordinal);
        return names
            .Where(name => (!name.StartsWith('.') || pattern.StartsWith('.')) && Matches(name, pattern))
            .Select(name => Path.Combine(folder, name));
    }

    private static bool Matches(ReadOnlySpan<char> name, ReadOnlySpan<char> pattern)
    {
        var (position, next) = (0, 0);
        var (star, resume) = (-1, 0);
        while (position < name.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
            {
                star = next++;
                resume = position;
            }
            else if (next < pattern.Length && MatchesOne(name[position], pattern[next..], out var length))
            {
                position++;
                next += length;
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

        return pattern[next..].TrimStart('*').IsEmpty;
    }

    // A [ without a ] stands for itself; a ] directly behind the [ or the ! belongs to the class.
    private static bool MatchesOne(char character, ReadOnlySpan<char> pattern, out int length)
    {
        length = 1;
        if (pattern[0] != '[')
        {
            return pattern[0] == '?' || pattern[0] == character;
        }

        var isNegated = pattern.Length > 1 && pattern[1] is '!' or '^';
        var start = isNegated ? 2 : 1;
        var end = pattern.Length > start + 1 ? pattern[(start + 1)..].IndexOf(']') : -1;
        if (end < 0)
        {
            return character == '[';
        }

        length = start + 1 + end + 1;
        return IsIn(character, pattern[start..(length - 1)]) != isNegated;
    }

    private static bool IsIn(char character, ReadOnlySpan<char> members)
    {
        for (var index = 0; index < members.Length; index++)
        {
            if (index + 2 < members.Length && members[index + 1] == '-')
            {
                if (character >= members[index] && character <= members[index + 2])
                {
                    return true;
                }

                index += 2;
            }
            else if (members[index] == character)
            {
                return true;
            }
        }

        return false;
    }
}
