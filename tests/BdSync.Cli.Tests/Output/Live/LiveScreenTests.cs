using BdSync.Cli.Output.Live;

namespace BdSync.Cli.Tests.Output.Live;

public sealed class LiveScreenTests
{
    private readonly EmulatedTerminal terminal = new(40, 10);

    [Fact]
    public void What_is_drawn_takes_the_place_of_what_was_there()
    {
        var screen = new LiveScreen(terminal, new());
        terminal.Write("$ bdsync run\n");
        screen.Draw(Lines("one long line", "two", "three"));
        screen.Draw(Lines("1", "2"));

        Assert.Equal(["$ bdsync run", "1", "2"], terminal.Lines);
        Assert.Equal((3, 0), terminal.Cursor);
    }

    [Fact]
    public void The_same_lines_are_not_written_again()
    {
        var screen = new LiveScreen(terminal, new());
        screen.Draw(Lines("one", "two"));
        screen.Draw(Lines("one", "two"));

        Assert.Equal(1, terminal.WriteCount);
    }

    [Fact]
    public void Messages_appear_above_also_when_they_scroll()
    {
        var screen = new LiveScreen(terminal, new());
        for (var number = 0; number < 30; number++)
        {
            screen.Draw(Lines($"task {number}", "another"));
            screen.Print(number % 3 == 0 ? $"message {number} that is longer than a line of the terminal is wide" : $"message {number}\nwith a second line");
        }

        var text = string.Join("\n", terminal.Lines);
        Assert.EndsWith("task 29\nanother", text, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, 30), number => Assert.Equal(1, Count(text, number % 3 == 0 ? $"message {number} that is" : $"message {number}\nwith")));
        Assert.Equal(1, Count(text, "another"));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(13)]
    [InlineData(90)]
    public void A_window_of_another_width_leaves_nothing_behind(int width)
    {
        var screen = new LiveScreen(terminal, new());
        screen.Print("message");
        screen.Draw(Lines("a line that is rather long for this", "short", ""));
        terminal.Resize(width, 10);
        screen.Draw(Lines("new", "lines"));

        Assert.Equal(["message", "new", "lines"], terminal.Lines);
    }

    [Fact]
    public void A_message_that_comes_before_the_resized_view_is_drawn_stays()
    {
        var screen = new LiveScreen(terminal, new());
        screen.Draw(Lines("a line that is rather long for this", "short"));
        terminal.Resize(20, 10);
        screen.Print("message");
        screen.Draw(Lines("new", "lines"));

        Assert.Equal(["message", "new", "lines"], terminal.Lines);
    }

    [Fact]
    public void Colours_go_and_come_with_what_the_terminal_can_do()
    {
        new LiveScreen(terminal, new()).Draw([new([new("bad", LiveTone.Bad)])]);
        Assert.Contains("\x1b[91mbad\x1b[0m", terminal.Written.ToString(), StringComparison.Ordinal);

        var plain = new EmulatedTerminal(40, 10);
        new LiveScreen(plain, new() { HasColors = false }).Draw([new([new("bad", LiveTone.Bad), new("good", LiveTone.Good)])]);
        Assert.DoesNotContain("m", plain.Written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_cursor_is_never_hidden()
    {
        var screen = new LiveScreen(terminal, new());
        screen.Draw(Lines("one"));
        screen.Print("message");
        screen.Clear();

        Assert.DoesNotContain("?25", terminal.Written.ToString(), StringComparison.Ordinal);
        Assert.Equal(["message"], terminal.Lines);
    }

    private static LiveLine[] Lines(params string[] texts) => [.. texts.Select(text => new LiveLine([new(text, LiveTone.Plain)]))];

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
