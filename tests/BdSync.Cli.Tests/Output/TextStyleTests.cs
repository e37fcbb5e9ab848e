using BdSync.Cli.Output;

namespace BdSync.Cli.Tests.Output;

public class TextStyleTests
{
    [Theory]
    [InlineData("LANG=en_US.UTF-8 TERM=xterm", true, 120, true, true, true)]
    [InlineData("LANG=en_US.UTF-8 TERM=xterm", false, 80, true, false, false)]
    [InlineData("LANG=en_US.UTF-8 TERM=xterm NO_COLOR=1", true, 120, true, false, true)]
    [InlineData("LANG=en_US.UTF-8 TERM=xterm NO_COLOR=", true, 120, true, true, true)]
    [InlineData("LANG=en_US.UTF-8 TERM=dumb", true, 120, true, false, false)]
    [InlineData("LANG=en_US.UTF-8", true, 120, true, false, false)]
    [InlineData("TERM=xterm", true, 120, false, true, true)]
    [InlineData("LANG=de_DE.utf8 LC_ALL=C TERM=xterm", true, 120, false, true, true)]
    [InlineData("LANG=C LC_CTYPE=C.UTF-8 LC_ALL= TERM=xterm", true, 120, true, true, true)]
    [InlineData("LANG=de_DE.ISO-8859-1 TERM=xterm", true, 120, false, true, true)]
    [InlineData("COLUMNS=40", false, 40, false, false, false)]
    [InlineData("COLUMNS=40 TERM=xterm", true, 40, false, true, true)]
    [InlineData("COLUMNS=5", false, 20, false, false, false)]
    [InlineData("COLUMNS=999999999", false, 1000, false, false, false)]
    [InlineData("COLUMNS=99999999999999", false, 80, false, false, false)]
    [InlineData("COLUMNS=-4", false, 80, false, false, false)]
    [InlineData("COLUMNS=x", false, 80, false, false, false)]
    public void It_is_what_the_environment_says(string environment, bool isTerminal, int width, bool isUnicode, bool hasColours, bool canRedraw)
    {
        var variables = environment.Split(' ').Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        var style = TextStyle.Detect(variables.GetValueOrDefault, isTerminal ? (120, 50) : null);
        Assert.Equal((width, isUnicode, hasColours, canRedraw), (style.Width, style.IsUnicode, style.HasColours, style.CanRedraw));
        Assert.Equal(isTerminal ? 50 : 24, style.Height);
    }

    [Fact]
    public void A_terminal_that_does_not_know_its_size_has_the_usual_one() =>
        Assert.Equal(new TextStyle { CanRedraw = true, HasColours = true }, TextStyle.Detect(name => name == "TERM" ? "vt100" : null, (0, 0)));

    [Theory]
    [InlineData("/dev/vg0/data", "/dev/vg0/data")]
    [InlineData("a\e[31m\r\n\u0007b", "a\\u{1B}[31m\\u{D}\\u{A}\\u{7}b")]
    [InlineData("\u009b \u2028 \u202e \ufffe", "\\u{9B} \\u{2028} \\u{202E} \\u{FFFE}")]
    [InlineData("ä😀", "ä😀")]
    public void Only_what_prints_is_shown(string text, string expected) => Assert.Equal(expected, new TextStyle { IsUnicode = true }.Show(text));

    [Fact]
    public void Half_a_character_is_shown_as_unknown() => Assert.Equal("\ufffdx", new TextStyle { IsUnicode = true }.Show("\ud800x"));

    [Fact]
    public void Without_Unicode_only_ASCII_is_shown() => Assert.Equal("\\u{E4}\\u{1F600}", new TextStyle().Show("ä😀"));

    [Fact]
    public void Long_text_is_cut_and_its_length_said() => Assert.EndsWith("xxx... (16384 characters)", new TextStyle().Show(new string('x', 16384)), StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(1L << 40, "1 TiB")]
    [InlineData(long.MaxValue, "8.0 EiB")]
    public void Sizes_are_short(long bytes, string expected) => Assert.Equal(expected, new ShortSize(bytes).ToString());
}
