using BdSync.Cli.CommandLine;
using BdSync.Protocol;

namespace BdSync.Cli.Restriction;

/// <summary>The options of bdsync that may be asked for.</summary>
internal static class RestrictedCommandLine
{
    /// <summary>How many threads a client may have hash.</summary>
    public const int MaxThreads = 64;

    /// <summary>What a client may have logged: a line for a session, none for a message.</summary>
    public const int MaxVerbosity = 1;

    // Those that do nothing here may come from whoever gives client and server the same options.
    private static readonly string[] Server = ["server", "verbose", "zeroblocks", "threads", "direct", "diffsize", "twopass", "blocksize", "flushcache"];

    private static readonly string[] Patch = ["patch", "verbose", "diffsize", "warndev", "undo", "direct"];

    /// <summary>Reads the words behind the program's name.</summary>
    /// <exception cref="RestrictionException">They can't be used, or are not allowed.</exception>
    public static StockOptions Parse(IReadOnlyList<string> words, bool allowForce)
    {
        StockOptions result;
        List<ParsedOption> options;
        try
        {
            result = StockCommandLine.Parse(words);
            options = new GetOpt(StockCommandLine.Definitions).Parse(words).Options;
        }
        catch (BdSyncException exception)
        {
            throw new RestrictionException($"{exception.Message} Only bdsync --server and bdsync --patch are allowed.");
        }

        string[] allowed = result.Mode switch
        {
            StockMode.Server => Server,
            StockMode.Patch => allowForce ? [.. Patch, "force"] : Patch,
            StockMode.Version => ["version"],
            _ => throw new RestrictionException("Only bdsync --server and bdsync --patch are allowed."),
        };
        return options.Find(option => !allowed.Contains(option.Definition.Name)).Definition is { } refused
            ? throw new RestrictionException($"--{refused.Name} is not allowed.")
            : result with { Verbosity = Math.Min(result.Verbosity, MaxVerbosity), Server = result.Server with { Threads = Math.Min(result.Server.Threads, MaxThreads) } };
    }
}
