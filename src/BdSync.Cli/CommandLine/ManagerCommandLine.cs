namespace BdSync.Cli.CommandLine;

/// <summary>What is special where the program is called <c>bdsync-manager</c>.</summary>
internal static class ManagerCommandLine
{
    public const string ProgramName = "bdsync-manager";

    /// <summary>That tool's options. What is new here has to be written whole, so that every abbreviation means what it means there.</summary>
    private static readonly string[] Options = ["--help", "--log-level", "--version", "--config", "--task"];

    /// <summary>Whether the program was called by this name, through a link. /proc has the name as it was called; .NET has the file that it led to.</summary>
    public static bool IsProgramName()
    {
        try
        {
            var name = File.ReadAllText("/proc/self/cmdline").Split('\0', 2)[0];
            return Path.GetFileName(name) == ProgramName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// Writes words as this program takes them. Python's argparse takes abbreviated options while they are unambiguous, and of one that is there several
    /// times the last.
    /// </summary>
    public static IReadOnlyList<string> Normalize(IReadOnlyList<string> words)
    {
        var complete = words.Select(Complete).ToList();
        KeepLast(complete, "--config");
        KeepLast(complete, "--log-level");
        return complete;
    }

    private static string Complete(string word)
    {
        var name = word.Split('=', 2)[0];
        return name.StartsWith("--", StringComparison.Ordinal) && name.Length > 2 && Options.Where(option => option.StartsWith(name, StringComparison.Ordinal)).ToList() is [var only]
            ? only + word[name.Length..]
            : word;
    }

    private static void KeepLast(List<string> words, string option)
    {
        var last = words.FindLastIndex(IsOption);
        for (var index = words.FindIndex(IsOption); index < last; index = words.FindIndex(IsOption))
        {
            var count = words[index] == option && index + 1 < last ? 2 : 1;
            words.RemoveRange(index, count);
            last -= count;
        }

        bool IsOption(string word) => word == option || word.StartsWith(option + "=", StringComparison.Ordinal);
    }
}
