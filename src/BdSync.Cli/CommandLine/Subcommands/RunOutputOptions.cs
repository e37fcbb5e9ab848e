using System.CommandLine;
using BdSync.Cli.Output;
using BdSync.Cli.Tasks.Reports.History;

namespace BdSync.Cli.CommandLine.Subcommands;

/// <summary>The options of <c>bdsync run</c> that say where it writes down what it did.</summary>
internal sealed class RunOutputOptions
{
    private const string NoState = "none";

    private readonly Option<string?> state = CreateState($"The folder that the run is added to, for 'bdsync history'; {NoState} for none.");
    private readonly Option<bool?> summary = new("--summary") { Description = "End with a table of what was done, as on a terminal." };

    public Option<string?> Report { get; } = new("--report") { Description = "Write what the run did to FILE, as JSON.", HelpName = "FILE" };

    public Option<string?> Metrics { get; } = new("--metrics") { Description = "Write it to FILE for Prometheus: a .prom of the node exporter's textfile collector.", HelpName = "FILE" };

    /// <summary>Makes the option for the folder that has the past runs.</summary>
    public static Option<string?> CreateState(string description) => new("--state") { Description = description, HelpName = "DIR" };

    public void AddTo(Command command)
    {
        command.Options.Add(Report);
        command.Options.Add(Metrics);
        command.Options.Add(state);
        command.Options.Add(summary);
    }

    /// <summary>The folder for past runs; null for none. Under the name of bdsync-manager there is only what was asked for: that tool keeps none.</summary>
    public string? GetStateFolder(ParseResult result, string programName) =>
        result.GetResult(state) is null
            ? programName == ManagerCommandLine.ProgramName ? null : StateFolder.GetDefault()
            : result.GetValue(state) is { Length: > 0 } folder && folder != NoState ? folder : null;

    /// <summary>Whether a table ends the run: as the command line says, else on a terminal among lines for people.</summary>
    public bool ShowsSummary(ParseResult result, string programName, LogFormat format) =>
        result.GetValue(summary) ?? (format == LogFormat.Text && programName != ManagerCommandLine.ProgramName && TerminalSize.Get(TerminalSize.Error) is not null);
}
