using BdSync.Cli.CommandLine;
using BdSync.Cli.CommandLine.Subcommands;

namespace BdSync.Cli.Tests.CommandLine;

public class SubcommandLineTests
{
    [Theory]
    [InlineData(true, "run")]
    [InlineData(true, "run", "--config", "f")]
    [InlineData(true, "run", "--dry-run", "x", "y")]
    [InlineData(true, "tasks", "--check")]
    [InlineData(false, "run", "/dev/a", "/dev/b")]
    [InlineData(false, "tasks", "a", "b")]
    [InlineData(true, "history")]
    [InlineData(true, "history", "data")]
    [InlineData(true, "history", "data", "--last", "3")]
    [InlineData(false, "history", "/dev/a", "/dev/b")]
    [InlineData(false, "run", "/dev/a", "/dev/b", "--twopass")]
    [InlineData(false, "run", "-b", "4096", "/dev/a", "--", "-b")]
    [InlineData(true, "run", "--help")]
    [InlineData(true, "run", "a")]
    [InlineData(true, "run", "a", "b", "c")]
    [InlineData(true, "tasks", "--check", "a", "b")]
    [InlineData(true, "inspect", "a", "b")]
    [InlineData(true, "map", "ssh://host", "a", "b")]
    [InlineData(false, "./map", "a", "b")]
    [InlineData(false, "runner")]
    [InlineData(false, "--verbose", "run", "a", "b")]
    [InlineData(false)]
    public void A_subcommand_is_told_from_a_remote_command_of_that_name(bool expected, params string[] words) => Assert.Equal(expected, SubcommandLine.IsSubcommand(words));

    [Theory]
    [InlineData("--conf=x", "--config=x")]
    [InlineData("--t", "--task")]
    [InlineData("--log-l", "--log-level")]
    [InlineData("--lo", "--log-level")]
    [InlineData("--log-format", "--log-format")]
    [InlineData("--par=2", "--par=2")]
    [InlineData("--config", "--config")]
    [InlineData("-h", "-h")]
    [InlineData("--", "--")]
    [InlineData("--nonsense", "--nonsense")]
    public void Abbreviations_of_bdsync_manager_are_written_whole(string word, string expected) =>
        Assert.Equal([expected], ManagerCommandLine.Normalize([word]));

    [Theory]
    [InlineData("--config=b", "--config=a --conf=b")]
    [InlineData("--task x --log-level debug --task y --config b", "--config a --task x --log-level info --log-level debug --task y --config=c --config b")]
    [InlineData("--log-level", "--log-level info --log-level")]
    [InlineData("--config", "--config --config")]
    public void Of_repeated_options_the_last_one_counts(string expected, string words) =>
        Assert.Equal(expected.Split(' '), ManagerCommandLine.Normalize(words.Split(' ')));
}
