using System.Text.RegularExpressions;
using BdSync.Cli.CommandLine;
using BdSync.Cli.CommandLine.Completion;
using BdSync.Cli.CommandLine.Subcommands;
using BdSync.Cli.Tasks.Configuration;
using BdSync.Protocol.Hashing;

namespace BdSync.Cli.Tests.CommandLine.Completion;

public class CompletionLineTests
{
    [Theory]
    [InlineData("nothing", "")]
    [InlineData("ru", "run")]
    [InlineData("--un", "--undo=")]
    [InlineData("--pat", "--patch --patch=")]
    [InlineData("--diffsize=m", "--diffsize=minsize --diffsize=minsize,warn")]
    [InlineData("--diffsize=s", "--diffsize=strict --diffsize=strict,warn")]
    [InlineData("--progress=", "--progress=bar --progress=noscroll")]
    [InlineData("--hash xxh", "xxh128 xxh64")]
    [InlineData("-h xxh", "xxh128 xxh64")]
    [InlineData("--checksum=xxh", "")]
    [InlineData("--hash=MD5 --unk", "")]
    [InlineData("-- --un", "")]
    [InlineData("run --log-le", "--log-level")]
    [InlineData("run --log-level ", "debug info warning error")]
    [InlineData("run --log-level=w", "--log-level=warning")]
    [InlineData("run --live ", "auto never")]
    [InlineData("run --summary=", "--summary=true --summary=false")]
    [InlineData("run --set run_f", "run_first=")]
    [InlineData("run --block", "")]
    [InlineData("verify --block", "--blocksize=")]
    [InlineData("verify --fixed", "")]
    [InlineData("map --fixed", "--fixedsalt")]
    [InlineData("history --la", "--last")]
    [InlineData("tasks --ch", "--check")]
    [InlineData("nothing --un", "--undo=")]
    public void A_word_is_completed(string line, string expected) => Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), Complete(line));

    [Fact]
    public void A_subcommand_is_described_as_in_the_help_text()
    {
        var text = string.Join(' ', Usage.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var found = UsageDescriptions.FindSubcommands(Usage.Text);

        Assert.Equal(SubcommandLine.Names.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("do what an ssh client asks for, as far as it is allowed: for authorized_keys", found["restrict"]);
        Assert.Equal("compare without writing, all or a sample", found["verify"]);
        Assert.All(found, pair => Assert.Matches($@"bdsync {pair.Key} (?:(?! bdsync ).)*\b{Regex.Escape(pair.Value)} (?:bdsync |REMSHCMD starts)", text));
    }

    [Theory]
    [InlineData("", "Words")]
    [InlineData("/dev/", "Files")]
    [InlineData("cmd /dev/", "Files")]
    [InlineData("--undo ", "Files")]
    [InlineData("--undo=/tmp/", "Files")]
    [InlineData("--server ", "Words")]
    [InlineData("--patch ", "Words")]
    [InlineData("--patch=", "Files")]
    [InlineData("--blocksize ", "Words")]
    [InlineData("run --config ", "Files")]
    [InlineData("run --state ", "Folders")]
    [InlineData("run ", "Words")]
    [InlineData("inspect ", "Files")]
    [InlineData("map --local a", "Files")]
    public void Names_of_files_are_for_where_they_belong(string line, string kind) => Assert.Equal(kind, Suggest(line).Kind.ToString());

    [Fact]
    public void Every_option_of_every_command_is_offered_with_what_it_means()
    {
        AssertOffered("-", StockCommandLine.Definitions.Select(definition => $"--{definition.Name}"));
        using var interruption = new Interruption();
        foreach (var name in SubcommandLine.Names)
        {
            AssertOffered($"{name} -", SubcommandLine.Create(name, interruption)!.Options.Select(option => option.Name).Append("--help"));
        }
    }

    [Fact]
    public void Every_digest_is_offered() =>
        Assert.Equal(DigestAlgorithm.All.Concat(DigestAlgorithm.Extensions).Select(digest => digest.Name).Append("auto").Order(), Complete("--hash ").Order());

    [Fact]
    public void Every_key_is_offered() =>
        Assert.Equal(TaskKeys.OfTask.Concat(TaskKeys.OfRun).Select(key => $"{key}="), Complete("run --set "));

    [Fact]
    public void Subcommands_have_descriptions() => Assert.All(Suggest("").Candidates, candidate => Assert.NotEmpty(candidate.Description));

    [Fact]
    public void Manager_has_its_own_options()
    {
        using var interruption = new Interruption();
        var words = CompletionLine.Complete(["--v"], ManagerCommandLine.ProgramName, interruption).Candidates.Select(candidate => candidate.Word);
        Assert.Equal(["--version"], words);
    }

    [Theory]
    [InlineData]
    [InlineData("bash")]
    [InlineData("bash", "bdsync", "run", "--config", "/dev/zero", "--task", "")]
    [InlineData("bash", "bdsync", "run", "--task", "'")]
    public void Nothing_ends_loudly(params string[] words)
    {
        using var interruption = new Interruption();
        using var output = new StringWriter();
        Assert.Equal(0, CompletionLine.Run([CompletionLine.Word, .. words], interruption, output));
        Assert.True(output.ToString() is "" or "words\n", output.ToString());
    }

    private static void AssertOffered(string line, IEnumerable<string> options)
    {
        var offered = Suggest(line).Candidates.ToLookup(candidate => candidate.Word.TrimEnd('='), candidate => candidate.Description);
        Assert.All(options, option => Assert.True(offered[option].Any(description => description.Length > 0), $"'{line}' doesn't offer {option} with its meaning."));
    }

    private static IEnumerable<string> Complete(string line) => Suggest(line).Candidates.Select(candidate => candidate.Word);

    private static Suggestions Suggest(string line)
    {
        using var interruption = new Interruption();
        return CompletionLine.Complete(line.Split(' '), "bdsync", interruption);
    }
}
