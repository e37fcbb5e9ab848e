using BdSync.Cli.CommandLine;
using BdSync.Cli.Tasks.Configuration.Values;
using BdSync.Protocol;

namespace BdSync.Cli.Tasks.Configuration.Arguments;

/// <summary>The words of a task for its client, its server and what applies its patch, each brought where it belongs.</summary>
internal sealed class TaskArguments
{
    private static readonly Dictionary<string, ProgramRoles> Roles = new()
    {
        ["verbose"] = ProgramRoles.Client | ProgramRoles.Server | ProgramRoles.Patch,
        ["blocksize"] = ProgramRoles.Client,
        ["hash"] = ProgramRoles.Client,
        ["checksum"] = ProgramRoles.Client,
        ["twopass"] = ProgramRoles.Client,
        ["fixedsalt"] = ProgramRoles.Client,
        ["flushcache"] = ProgramRoles.Client,
        ["progress"] = ProgramRoles.Client,
        ["diffsize"] = ProgramRoles.Client | ProgramRoles.Patch,
        ["zeroblocks"] = ProgramRoles.Client | ProgramRoles.Server,
        ["warndev"] = ProgramRoles.Patch,
        ["threads"] = ProgramRoles.Client | ProgramRoles.Server,
        ["channels"] = ProgramRoles.Client,
        ["retries"] = ProgramRoles.Client,
        ["ssh-config"] = ProgramRoles.Client,
        ["direct"] = ProgramRoles.Client | ProgramRoles.Server | ProgramRoles.Patch,
        ["force"] = ProgramRoles.Patch,
    };

    private List<ParsedOption> client = [];
    private readonly List<ParsedOption> patch = [];
    private readonly List<string> serverWords = [];
    private readonly List<string> patchWords = [];

    /// <summary>How to compare.</summary>
    public StockOptions Client => StockCommandLine.Read(client, [], StockMode.Client);

    /// <summary>How to apply a patch on this machine.</summary>
    public StockOptions Patch => StockCommandLine.Read(patch, [], StockMode.Patch);

    /// <summary>What <c>--server</c> on the other side gets.</summary>
    public IReadOnlyList<string> ServerWords => serverWords;

    /// <summary>What <c>--patch</c> on the other side gets.</summary>
    public IReadOnlyList<string> PatchWords => patchWords;

    /// <summary>Adds words for all three. What the C tool does not have stays on this machine, as the other side may be one.</summary>
    /// <exception cref="BdSyncException">A word is no option, or refused; the message doesn't say where it stands.</exception>
    public void Add(string words) => Add(words, null);

    /// <summary>Adds words for one of them.</summary>
    /// <exception cref="BdSyncException">A word is no option, refused, or not for this one; the message doesn't say where it stands.</exception>
    public void AddFor(ProgramRoles role, string words) => Add(words, role);

    private void Add(string words, ProgramRoles? only)
    {
        var (options, operands) = new GetOpt(StockCommandLine.Definitions).Parse(ShellWords.Split(words));
        Refuse(operands.Count > 0, $"{Finding.Quote(operands.FirstOrDefault(""))} is no option; only options are allowed.");
        foreach (var option in options)
        {
            CheckRoles(option.Definition.Name, only);
        }

        // Nothing is kept of words with a value that is refused.
        _ = StockCommandLine.Read(options, [], StockMode.Client);
        List<ParsedOption> forClient = [.. client, .. Select(ProgramRoles.Client)];
        _ = new BdSyncClient(StockCommandLine.Read(forClient, [], StockMode.Client).Client);
        Refuse(StockCommandLine.Read(forClient, [], StockMode.Client).Progress == ProgressStyle.Bar, "--progress=bar is for single comparisons; 'bdsync run' shows its tasks by itself where there is a terminal.");
        client = forClient;
        patch.AddRange(Select(ProgramRoles.Patch));
        serverWords.AddRange(Select(ProgramRoles.Server).Where(IsSent).Select(ToWord));
        patchWords.AddRange(Select(ProgramRoles.Patch).Where(IsSent).Select(ToWord));

        IEnumerable<ParsedOption> Select(ProgramRoles role) => options.Where(option => (only ?? Roles[option.Definition.Name]).HasFlag(role));

        bool IsSent(ParsedOption option) => only is not null || !option.Definition.Extension;
    }

    private static void CheckRoles(string name, ProgramRoles? only)
    {
        var roles = Roles.GetValueOrDefault(name);
        Refuse(roles == ProgramRoles.None, $"--{name} is not allowed here: {ExplainRefusal(name)}.");
        Refuse(only is { } role && !roles.HasFlag(role), $"--{name} is not for this program; it goes into {string.Join(" or ", ListKeys(roles))}.");
    }

    private static string ToWord(ParsedOption option) => option.Value is null ? $"--{option.Definition.Name}" : $"--{option.Definition.Name}={option.Value}";

    private static string ExplainRefusal(string name) => name switch
    {
        "remdata" => $"{TaskKeys.Direction} = pull takes the other side's data",
        "remote-bdsync" => $"{TaskKeys.RemoteBdSync} names the program",
        _ => "the task says what is done",
    };

    private static IEnumerable<string> ListKeys(ProgramRoles roles) =>
        new[] { (ProgramRoles.Client, TaskKeys.ClientArguments), (ProgramRoles.Server, TaskKeys.ServerArguments), (ProgramRoles.Patch, TaskKeys.PatchArguments) }
            .Where(pair => roles.HasFlag(pair.Item1)).Select(pair => pair.Item2);

    private static void Refuse(bool condition, string message)
    {
        if (condition)
        {
            throw new ConfigurationException(message);
        }
    }
}
