using System.Globalization;
using BdSync.Cli.Output;
using FsCheck.Xunit;

namespace BdSync.Cli.Tests.Output;

public class PrintableTextTests
{
    [Theory]
    [InlineData("data", "data")]
    [InlineData("a\u001b[2Jb\r\n\t\u0007", "a?[2Jb????")]
    [InlineData("\u202eevil\u2066", "?evil?")]
    [InlineData("\u2028\u200b\ufeff", "???")]
    [InlineData("größe 日本", "größe 日本")]
    public void What_does_not_print_is_replaced(string text, string expected) => Assert.Equal(expected, PrintableText.Clean(text));

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdef", 5, "abcd~")]
    [InlineData("abcdef", 1, "~")]
    [InlineData("日本語", 5, "日本~")]
    [InlineData("日本語", 4, "日~")]
    public void What_is_too_long_is_cut(string text, int width, string expected) => Assert.Equal(expected, PrintableText.Fit(text, width));

    [Property]
    public void Nothing_is_wider_than_it_may_be(string? text, byte width)
    {
        var fitted = PrintableText.Fit(PrintableText.Clean(text ?? ""), width + 1);

        Assert.True(PrintableText.GetWidth(fitted) <= width + 1);
        Assert.DoesNotContain(fitted, char.IsControl);
    }

    [Theory]
    [InlineData(0, "0.0s")]
    [InlineData(59.94, "59.9s")]
    [InlineData(59.96, "1m00s")]
    [InlineData(3599.4, "59m59s")]
    [InlineData(93605, "26h00m05s")]
    public void Durations(double seconds, string expected) => Assert.Equal(expected, new ShortTime(seconds).ToString());

    /// <summary>How many cells a line takes, as .NET counts characters: what is wide counts twice.</summary>
    internal static int GetCells(string line) => line.EnumerateRunes().Sum(rune => rune.Value >= 0x1100 && char.IsLetter(rune.ToString(), 0) && CharUnicodeInfo.GetUnicodeCategory(rune.Value) == UnicodeCategory.OtherLetter ? 2 : 1);
}
