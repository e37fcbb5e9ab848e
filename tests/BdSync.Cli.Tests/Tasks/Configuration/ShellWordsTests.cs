using BdSync.Cli.Tasks.Configuration.Values;
using BdSync.Cli.Tasks;
using FsCheck.Xunit;

namespace BdSync.Cli.Tests.Tasks.Configuration;

public class ShellWordsTests
{
    [Theory]
    [InlineData("ssh -p 2200 backup@example.org", "ssh|-p|2200|backup@example.org")]
    [InlineData(" a\t'b c'  \"d 'e'\"\n", "a|b c|d 'e'")]
    [InlineData("\"ho\"st\\ x '' $HOME #no", "host x||$HOME|#no")]
    [InlineData(@"""\""\\\n"" '\'", @"""\\n|\")]
    [InlineData("", "")]
    public void Words_are_split(string text, string expected) => Assert.Equal(expected, string.Join('|', ShellWords.Split(text)));

    [Theory]
    [InlineData("a 'b", "'a 'b' has a ' that is not closed.")]
    [InlineData("a \"b\\\"", "'a \"b\\\"' has a \" that is not closed.")]
    [InlineData("a\\", "'a\\' has a \\ with nothing behind it.")]
    public void What_is_open_is_refused(string text, string message) => Assert.Equal(message, Assert.Throws<ConfigurationException>(() => ShellWords.Split(text)).Message);

    [Property]
    public void What_is_quoted_comes_back(string[] words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var texts = words.Select(word => word ?? "").ToList();
        Assert.Equal(texts, ShellWords.Split(string.Join(' ', texts.Select(text => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'"))));
        Assert.Equal(texts, ShellWords.Split(string.Join('\n', texts.Select(text => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""))));
    }
}
