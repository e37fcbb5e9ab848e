using BdSync.Cli.Output.Live;

namespace BdSync.Cli.Tests.Output.Live;

public sealed class LiveViewTests
{
    private readonly EmulatedTerminal terminal = new(60, 10);
    private readonly Source source = new();

    [Fact]
    public async Task What_was_drawn_last_stays()
    {
        await using (Show())
        {
            source.Entry = source.Entry with { State = LiveState.Done, Word = "done" };
        }

        Assert.Equal(2, terminal.Lines.Length);
        Assert.Contains("done", terminal.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_come_above_and_after_the_end_below()
    {
        var view = Show();
        view.WriteLine("above");
        await view.DisposeAsync();
        view.WriteLine("below");

        Assert.Equal(["above", "below"], [terminal.Lines[0], terminal.Lines[^1]]);
        Assert.Equal(4, terminal.Lines.Length);
    }

    [Fact]
    public async Task Nothing_is_drawn_while_the_user_is_asked()
    {
        var view = Show();
        var pause = view.Pause();
        Assert.Empty(terminal.Lines);
        using (view.Pause())
        {
            terminal.Write("Passphrase: ");
        }

        source.Entry = source.Entry with { Word = "other" };
        terminal.Write("\n");
        pause.Dispose();
        pause.Dispose();
        await view.DisposeAsync();

        Assert.Equal("Passphrase:", terminal.Lines[0]);
        Assert.Equal(3, terminal.Lines.Length);
    }

    [Fact]
    public async Task Nothing_is_drawn_in_the_background()
    {
        terminal.IsFree = false;
        var view = Show();
        view.WriteLine("message");
        await view.DisposeAsync();

        Assert.Equal("message\n", terminal.Written.ToString());
    }

    [Fact]
    public async Task It_is_redrawn_a_few_times_a_second()
    {
        await using var view = new LiveView(source, terminal, new(), TimeProvider.System);
        for (var left = 100; source.Observations < 4; left--)
        {
            Assert.True(left > 0, "It is not redrawn.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private LiveView Show() => new(source, terminal, new(), new StillTime());

    private sealed class Source : ILiveSource
    {
        private int observations;

        public LiveEntry Entry { get; set; } = new("task", LiveState.Running, "compare");

        public int Observations => Volatile.Read(ref observations);

        public LiveLabels Labels { get; } = new("task", "source", "target");

        public IReadOnlyList<LiveEntry> Observe()
        {
            Interlocked.Increment(ref observations);
            return [Entry];
        }
    }
}
