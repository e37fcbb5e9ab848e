using BdSync.Cli.Output.Live;

namespace BdSync.Cli.Tests.Output.Live;

public sealed class TerminalTraitsTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("TERM=dumb", false)]
    [InlineData("TERM=xterm-256color", true)]
    [InlineData("TERM=linux", true)]
    public void A_dumb_terminal_has_no_view(string environment, bool expected) => Assert.Equal(expected, Read(environment).MovesCursor);

    [Theory]
    [InlineData("", true)]
    [InlineData("NO_COLOR=", true)]
    [InlineData("NO_COLOR=1", false)]
    public void Colours_are_switched_off_by_NO_COLOR(string environment, bool expected) => Assert.Equal(expected, Read(environment).HasColors);

    [Theory]
    [InlineData("", false)]
    [InlineData("LANG=C", false)]
    [InlineData("LANG=de_DE.UTF-8", true)]
    [InlineData("LANG=C.utf8", true)]
    [InlineData("LANG=de_DE.UTF-8 LC_ALL=C", false)]
    [InlineData("LANG=C LC_CTYPE=C.UTF-8", true)]
    [InlineData("LANG=C.UTF-8 LC_ALL=", true)]
    public void Letters_are_those_of_the_locale(string environment, bool expected) => Assert.Equal(expected, Read(environment).IsUtf8);

    [Theory]
    [InlineData("TERM=xterm-256color", true)]
    [InlineData("TERM=xterm XTERM_VERSION=XTerm(379)", false)]
    [InlineData("TERM=linux", false)]
    [InlineData("TERM=screen", false)]
    [InlineData("TERM=screen TMUX=/tmp/tmux-0/default,1,0", true)]
    public void Some_terminals_cut_what_others_wrap(string environment, bool expected) => Assert.Equal(expected, Read(environment).Reflows);

    private static TerminalTraits Read(string environment)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return TerminalTraits.Read(name => variables.GetValueOrDefault(name));
    }
}
