using BdSync.Protocol.Transports;

namespace BdSync.Protocol.Tests.Transports;

/// <summary>REMSHCMD is split as the stock tool splits it.</summary>
public class RemoteCommandTests
{
    public static TheoryData<string, string[]> Commands => new()
    {
        { "ssh host bdsync --server", ["ssh", "host", "bdsync", "--server"] },
        { "bdsync", ["bdsync"] },
        { "  a   b  ", ["a", "b"] },
        { "ssh 'a b' c", ["ssh", "a b", "c"] },
        { "ssh \"a b\" c", ["ssh", "a b", "c"] },
        { "'a b'", ["a b"] },
        { "'''a b'''", ["'a b'"] },
        { "\"\"\"a b\"\"\"", ["\"a b\""] },
        { "'it''s'", ["it's"] },
        { "'a\"b'", ["a\"b"] },
        { "\"a'b\"", ["a'b"] },
        { "''", [""] },
        { "a '' b", ["a", "", "b"] },
        { "a'b c'd", ["ab cd"] },
        { "'a'\"b\"", ["ab"] },
        { "a\\ b", ["a\\", "b"] },
        { "$HOME ~ * ; | &", ["$HOME", "~", "*", ";", "|", "&"] },
        { "a\tb", ["a\tb"] },
        { "ssh -o 'ProxyCommand=nc %h %p' host", ["ssh", "-o", "ProxyCommand=nc %h %p", "host"] },
        { "ünï 'cö dé'", ["ünï", "cö dé"] },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_is_split(string command, string[] words) => Assert.Equal(words, RemoteCommand.Split(command));

    [Theory]
    [InlineData("'a")]
    [InlineData("a 'b c")]
    [InlineData("'")]
    [InlineData("\"")]
    [InlineData("'a\"")]
    [InlineData("'''")]
    public void Quote_without_an_end_is_refused(string command)
    {
        var error = Assert.Throws<BdSyncException>(() => RemoteCommand.Split(command));
        Assert.Equal(BdSyncExitStatus.Parameters, error.ExitStatus);
        Assert.Contains("without an end", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void Command_without_a_word_is_refused(string command) =>
        Assert.Equal(BdSyncExitStatus.Parameters, Assert.Throws<BdSyncException>(() => RemoteCommand.Split(command)).ExitStatus);
}
