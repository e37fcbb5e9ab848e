using BdSync.Cli.Output.Live;

namespace BdSync.Cli.Tests.Output.Live;

public sealed class LiveTableTests
{
    private static readonly LiveEntry[] Night =
    [
        new("data-home", LiveState.Done, "done") { Elapsed = TimeSpan.FromSeconds(252), DifferingBytes = 1_288_490_188 },
        new("data-mail", LiveState.Running, "compare")
        {
            Fraction = 0.56, SourceRate = 117_440_512, TargetRate = 102_865_305, Remaining = TimeSpan.FromSeconds(83), Elapsed = TimeSpan.FromSeconds(100), DifferingBytes = 13_002_342,
        },
        new("data-db", LiveState.Running, "apply") { Elapsed = TimeSpan.FromSeconds(12), DifferingBytes = 0 },
        new("broken", LiveState.Failed, "failed") { Elapsed = TimeSpan.FromSeconds(3), Note = "The target /dev/vg1/broken does not exist on backup (while 'create_target_if_missing' is disabled)." },
        new("later", LiveState.Waiting, "waiting"),
        new("old", LiveState.Skipped, "disabled"),
    ];

    [Fact]
    public void A_usual_terminal_shows_all_columns() => Assert.Equal(
        """
        task       phase     progress              source     target       time  differs
        data-home  done                                                    4:12  1.20GiB
        data-mail  compare   ██████░░░░░   56%   112MiB/s  98.1MiB/s  1:23 left  12.4MiB
        data-db    apply                                                   0:12       0B
        broken     failed    The target /dev/vg1/broken does not ex…       0:03
        later      waiting
        old        disabled
        """,
        Compose(Night, 81, 24));

    [Fact]
    public void A_narrow_terminal_shows_what_matters_most() => Assert.Equal(
        """
        task       phase                time
        data-home  done                 4:12
        data-mail  compare    56%  1:23 left
        data-db    apply                0:12
        broken     failed               0:03
        later      waiting
        old        disabled
        """,
        Compose(Night, 40, 24));

    [Fact]
    public void Without_other_letters_than_Asciis_bars_are_of_number_signs() => Assert.Equal(
        """
        task       phase     progress               time  differs
        data-home  done                             4:12  1.20GiB
        data-mail  compare   #####.....   56%  1:23 left  12.4MiB
        """,
        Compose(Night[..2], 58, 24, LiveGlyphs.Ascii));

    [Fact]
    public void Tasks_that_do_not_fit_are_counted() => Assert.Equal(
        """
        task       phase     progress              source     target       time  differs
        data-mail  compare   ██████░░░░░   56%   112MiB/s  98.1MiB/s  1:23 left  12.4MiB
        data-db    apply                                                   0:12       0B
        2 running, 1 waiting, 1 done, 1 failed, 1 skipped
        """,
        Compose(Night, 81, 7));

    [Fact]
    public void Running_tasks_that_do_not_fit_are_counted_too()
    {
        var many = Enumerable.Range(0, 64).Select(number => Night[2] with { Name = $"task-{number}" }).ToArray();

        var lines = Compose(many, 81, 10).Split('\n');

        Assert.Equal(9, lines.Length);
        Assert.Equal("64 running (57 not shown)", lines[^1]);
    }

    [Fact]
    public void A_single_thing_without_a_name_has_no_column_for_it() => Assert.StartsWith("phase     progress", Compose([Night[1] with { Name = "" }], 80, 24), StringComparison.Ordinal);

    /// <summary>Whatever the names, the numbers and the size are, a line never reaches the last column, and the last line stays free.</summary>
    [Fact]
    public void Nothing_is_ever_too_large()
    {
        string[] names = ["a", "", new('n', 300), "\x1b[2J\x1b]0;title\x07", "日本語のとても長い名前のタスク", "zalgo" + new string('\u0301', 40), "👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻", "\u202Etxet\nnext", "\uD800"];
        foreach (var glyphs in new[] { LiveGlyphs.Unicode, LiveGlyphs.Ascii })
        {
            for (var width = 1; width <= 300; width++)
            {
                var entries = names.SelectMany(name => Night.Select(entry => entry with { Name = name })).Append(Night[1] with
                {
                    SourceRate = long.MaxValue, TargetRate = long.MinValue, DifferingBytes = long.MaxValue, Remaining = TimeSpan.MaxValue, Fraction = 17, Elapsed = TimeSpan.MaxValue,
                }).ToArray();
                var height = width % 80;
                var lines = new LiveTable(glyphs, new("task", "source", "target")).Compose(entries, new(width, height));
                Assert.InRange(lines.Count, 1, Math.Max(1, height - 1));
                Assert.All(lines, line =>
                {
                    Assert.InRange(line.Width, 0, Math.Max(1, width - 1));
                    Assert.DoesNotContain(line.Text, char.IsControl);
                    Assert.True(!glyphs.IsAscii || line.Text.All(char.IsAscii), line.Text);
                });
            }
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(200)]
    public void Every_width_shows_name_and_phase(int width)
    {
        var text = Compose(Night, width, 24);
        Assert.All(Night, entry => Assert.Contains(entry.Word, text, StringComparison.Ordinal));
        Assert.Contains("later", text, StringComparison.Ordinal);
    }

    private static string Compose(LiveEntry[] entries, int width, int height, LiveGlyphs? glyphs = null) =>
        string.Join('\n', new LiveTable(glyphs ?? LiveGlyphs.Unicode, new("task", "source", "target")).Compose(entries, new(width, height)).Select(line => line.Text));
}
