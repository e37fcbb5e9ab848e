using BdSync.Cli.Output;

namespace BdSync.Cli.Tests.Output;

public sealed class CellTextTests
{
    [Theory]
    [InlineData("data", "data")]
    [InlineData("a\x1b[2Jb\x07\x9b", "a[2Jb")]
    [InlineData("one\ntwo\tthree\r", "one two three")]
    [InlineData("left\u202Eright\u200B\u2028end", "leftright end")]
    [InlineData("half \uD83D, \uE000\uFE0F", "half , ")]
    [InlineData("日本 ä", "日本 ä")]
    public void What_does_not_print_is_left_out(string text, string expected) => Assert.Equal(expected, CellText.Clean(text, isAscii: false));

    [Fact]
    public void Other_letters_than_Asciis_become_question_marks() => Assert.Equal("?? a?", CellText.Clean("日本 aä", isAscii: true));

    [Fact]
    public void A_huge_text_is_not_looked_at_as_a_whole() => Assert.Equal(1024, CellText.Clean(new('x', 1 << 20), isAscii: false).Length);

    [Theory]
    [InlineData("data", 4, "data")]
    [InlineData("database", 5, "data…")]
    [InlineData("database", 1, "d")]
    [InlineData("database", 0, "")]
    [InlineData("日本語", 4, "日…")]
    [InlineData("日本語", 1, "")]
    public void What_is_too_wide_loses_its_end(string text, int width, string expected) => Assert.Equal(expected, CellText.CutEnd(text, width, "…"));

    [Theory]
    [InlineData("guest-web01-data", 16, "guest-web01-data")]
    [InlineData("guest-web01-data", 10, "guest…data")]
    [InlineData("guest-web01-data", 3, "g…a")]
    [InlineData("guest-web01-data", 2, "g…")]
    [InlineData("日本語日本語", 6, "日…語")]
    public void A_name_that_is_too_wide_loses_its_middle(string text, int width, string expected) => Assert.Equal(expected, CellText.CutMiddle(text, width, "…"));
}
