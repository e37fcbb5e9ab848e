using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Configuration;
using FsCheck.Xunit;

namespace BdSync.Cli.Tests.Tasks.Configuration;

public class ExpansionTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("%(a)s-%(A)s", "1-1")]
    [InlineData("100%% %%(a)s", "100% %(a)s")]
    [InlineData("%(b)s", "<1>")]
    [InlineData("%(percent)s%(percent)s", "%%")]
    [InlineData("${a} $HOME", "${a} $HOME")]
    public void Names_are_replaced(string value, string expected) =>
        Assert.Equal(expected, Expand(value, ("a", "1"), ("b", "<%(a)s>"), ("percent", "%%")));

    [Theory]
    [InlineData("%", "'%' starts with a % that stands for nothing; %% is a percent sign, %(NAME)s the value of NAME.")]
    [InlineData("x 10% y", "'% y' starts with a % that stands for nothing; %% is a percent sign, %(NAME)s the value of NAME.")]
    [InlineData("%(a", "'%(a' starts with a % that stands for nothing; %% is a percent sign, %(NAME)s the value of NAME.")]
    [InlineData("%()s", "'%()s' starts with a % that stands for nothing; %% is a percent sign, %(NAME)s the value of NAME.")]
    [InlineData("%(a)d %(a)s", "'%(a)d %(a)s' starts with a % that stands for nothing; %% is a percent sign, %(NAME)s the value of NAME.")]
    [InlineData("%(nope)s", "%(nope)s is not known: neither the section nor [DEFAULT] has the key.")]
    [InlineData("%(loop)s", "values refer to each other more than 10 deep, or in a circle.")]
    public void What_stands_for_nothing_is_refused(string value, string message) =>
        Assert.Equal(message, Assert.Throws<ConfigurationException>(() => Expand(value, ("a", "1"), ("loop", "%(loop)s"))).Message);

    [Fact]
    public void What_doubles_is_stopped()
    {
        (string, string)[] settings = [.. Enumerable.Range(0, 9).Select(index => ($"k{index}", string.Concat(Enumerable.Repeat($"%(k{index + 1})s", 100)))), ("k9", "x")];
        Assert.Contains("65536", Assert.Throws<ConfigurationException>(() => Expand("%(k0)s", settings)).Message, StringComparison.Ordinal);
        settings[^1] = ("k9", "");
        Assert.Contains("16777216", Assert.Throws<ConfigurationException>(() => Expand("%(k0)s", settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_may_have_64_KiB()
    {
        var half = new string('x', 1 << 15);
        Assert.Equal(1 << 16, Expand("%(half)s%(half)s", ("half", half)).Length);
        Assert.Throws<ConfigurationException>(() => Expand("%(half)s%(half)s.", ("half", half)));
    }

    [Property]
    public void What_is_escaped_comes_back(string text)
    {
        text ??= "";
        Assert.Equal(text, Expand(Expansion.Escape(text)));
        Assert.Empty(Expansion.FindNames(Expansion.Escape(text)));
    }

    [Fact]
    public void Names_are_found() => Assert.Equal(["a", "b c"], Expansion.FindNames("x%(A)s %%(n)s %(b c)s %(d"));

    private static string Expand(string value, params (string Key, string Value)[] settings) =>
        new Expansion().Expand(value, settings.ToDictionary(setting => setting.Key, setting => new Setting(setting.Key, setting.Value, "")));
}
