using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using BdSync.Cli.Commands;
using BdSync.Protocol;
using BdSync.Protocol.Planning;

namespace BdSync.Cli.CommandLine.Subcommands;

/// <summary><c>bdsync verify</c></summary>
internal static class VerifySubcommand
{
    private const double MaxAnswerSeconds = 86400;

    /// <summary>The options of the C tool's command line that say how to compare. A fixed salt is none of them: digests could be known beforehand.</summary>
    public static IReadOnlyList<string> Allowed { get; } =
    [
        "verbose", "blocksize", "hash", "twopass", "zeroblocks", "flushcache", "progress", "threads", "channels", "retries", "remote-bdsync", "ssh-config", "local", "direct",
    ];

    /// <summary>Those that go with a task, which says how to compare.</summary>
    private static readonly string[] AllowedWithTask = ["verbose", "progress"];

    public static Command Create(Interruption interruption)
    {
        var file = new TaskFileOptions();
        file.TaskNames.Description = "The task whose source and target are compared; one.";
        var sample = new Option<string>("--sample") { Description = "Compare only that many blocks, chosen at random, or such a part of them.", HelpName = "N|PERCENT%" };
        var limit = new Option<string>("--answer-limit") { Description = "Fail where the other side takes longer for an answer.", HelpName = "SECONDS" };
        var repair = new Option<string>("--repair-patch") { Description = "Write a patch that mends what is found to FILE, which must not be there yet.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print lines of JSON, for programs, with all extents." };
        var words = new Argument<string[]>("REMSHCMD LOCDEV REMDEV")
        {
            Description = $"What to compare: REMSHCMD or ssh://[USER@]HOST[:PORT] with a device here and one there, --local with two devices here, or nothing with --task; with options as for comparing without a subcommand, in their short forms, too, but for -h: {string.Join(", ", Allowed.Select(name => $"--{name}"))}.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("verify", "Compares two devices, or a task's source and target, without writing to them; exit status 0 where they are the same, 14 where they differ.")
        {
            words, file.Configuration, file.TaskNames, file.Settings, sample, limit, repair, json,
        };
        command.Validators.Add(result =>
        {
            try
            {
                _ = Read(result);
            }
            catch (BdSyncException exception)
            {
                result.AddError(exception.Message);
            }
        });
        command.SetAction((result, _) => VerifyCommand.RunAsync(Read(result.CommandResult), interruption));
        return command;

        VerifyOptions Read(CommandResult result)
        {
            var tasks = result.GetResult(file.TaskNames)?.Tokens.Select(token => token.Value).ToList() ?? [];
            var isTask = tasks.Count > 0 || result.GetResult(file.Configuration) is { Implicit: false } || result.GetResult(file.Settings) is { Implicit: false };
            Refuse(isTask && tasks.Count != 1, "One --task is needed with a task file.");
            return new()
            {
                Comparison = Parse([.. result.GetResult(words)?.Tokens.Select(token => token.Value) ?? []], isTask),
                TaskName = isTask ? tasks[0] : null,
                ConfigurationPath = result.GetValue(file.Configuration)!,
                Settings = [.. result.GetResult(file.Settings)?.Tokens.Select(token => token.Value) ?? []],
                Sample = GetText(result, sample) is { } text ? ParseSample(text) : null,
                AnswerLimit = GetText(result, limit) is { } seconds ? ParseLimit(seconds) : Timeout.InfiniteTimeSpan,
                RepairPath = GetText(result, repair) is { } path ? CheckPath(path) : null,
                AsJson = result.GetValue(json),
            };
        }
    }

    private static StockOptions Parse(string[] words, bool isTask)
    {
        var (options, operands) = new GetOpt(StockCommandLine.Definitions).Parse(words);
        var allowed = isTask ? AllowedWithTask : Allowed;
        if (options.Find(option => !allowed.Contains(option.Definition.Name)).Definition is { } refused)
        {
            throw new UsageException($"--{refused.Name} is not for verifying{(isTask ? " a task, which says how to compare" : "")}.");
        }

        if (isTask)
        {
            Refuse(operands.Count > 0, "--task says what is compared; there are no devices beside it.");
            return StockCommandLine.Read(options, operands, StockMode.Client);
        }

        return operands.Count > 0 ? StockCommandLine.Parse(words) : throw new UsageException("What is to be compared is missing.");
    }

    private static string? GetText(CommandResult result, Option<string> option) => result.GetResult(option)?.Tokens is [.., var token] ? token.Value : null;

    private static BlockSample ParseSample(string text) =>
        BlockSample.TryParse(text, out var sample) ? sample! : throw new UsageException($"--sample={text} is no number of blocks from 1 on, nor a part above 0% up to 100%.");

    private static TimeSpan ParseLimit(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.001 and <= MaxAnswerSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException($"--answer-limit={text} is no number of seconds from 0.001 to {MaxAnswerSeconds}.");

    private static string CheckPath(string path) => path is not "" and not "-" ? path : throw new UsageException("--repair-patch needs the name of a file that isn't there yet.");

    private static void Refuse(bool condition, string message)
    {
        if (condition)
        {
            throw new UsageException(message);
        }
    }
}
