using System.Runtime.InteropServices;

namespace BdSync.Cli.Output.Live;

/// <summary>A view that is redrawn a few times a second until it is disposed of; what was drawn last stays. Safe for several threads.</summary>
internal sealed class LiveView : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.25);

    /// <summary>An interval that took longer may have had a stop in it.</summary>
    private static readonly TimeSpan MaxInterval = TimeSpan.FromSeconds(0.6);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource ending = new();
    private readonly ILiveSource source;
    private readonly LiveScreen screen;
    private readonly LiveTable table;
    private readonly Task drawing;
    private int pauses;
    private bool hasEnded;

    /// <summary>Begins to draw.</summary>
    /// <param name="source">What to show.</param>
    /// <param name="terminal">Where.</param>
    /// <param name="traits">What that can do.</param>
    /// <param name="time">Says when to draw again.</param>
    public LiveView(ILiveSource source, ILiveTerminal terminal, TerminalTraits traits, TimeProvider time)
    {
        this.source = source;
        screen = new(terminal, traits);
        table = new(traits.Glyphs, source.Labels);
        drawing = DrawAsync(time);
    }

    /// <summary>Whether it may be used: standard error is a terminal that can move its cursor.</summary>
    public static bool IsPossible => ErrorTerminal.IsThere && TerminalTraits.Read(Environment.GetEnvironmentVariable).MovesCursor;

    /// <summary>Begins to draw on standard error; what is written there through <see cref="StandardError"/> appears above.</summary>
    public static LiveView Show(ILiveSource source)
    {
        var view = new LiveView(source, new ErrorTerminal(), TerminalTraits.Read(Environment.GetEnvironmentVariable), TimeProvider.System);
        StandardError.View = view;
        return view;
    }

    /// <summary>Writes a message above the view.</summary>
    /// <param name="message">Text that prints; may have line ends.</param>
    public void WriteLine(string message)
    {
        lock (gate)
        {
            if (pauses > 0 || hasEnded || !screen.IsFree)
            {
                screen.PrintPlain(message);
            }
            else
            {
                screen.Print(message);
            }
        }
    }

    /// <summary>Removes the view so that the user can be asked something; it comes back when all pauses are over.</summary>
    /// <returns>Ends the pause when it is disposed of.</returns>
    public IDisposable Pause()
    {
        lock (gate)
        {
            if (pauses++ == 0 && !hasEnded)
            {
                screen.Clear();
            }
        }

        return new PauseEnd(this);
    }

    /// <summary>Draws once more, and for the last time.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await drawing;
        Draw();
        lock (gate)
        {
            hasEnded = true;
        }

        if (StandardError.View == this)
        {
            StandardError.View = null;
        }

        ending.Dispose();
    }

    private async Task DrawAsync(TimeProvider time)
    {
        // After a stop (Ctrl-Z) the shell's lines are where the view was.
        using var continuation = PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => Forget());
        Draw();
        while (!ending.IsCancellationRequested)
        {
            var begun = time.GetTimestamp();
            await Task.Delay(Interval, time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // The signal may come after the end of the delay that it cut in two.
            if (time.GetElapsedTime(begun) < MaxInterval)
            {
                Draw();
            }
        }
    }

    private void Draw()
    {
        lock (gate)
        {
            if (pauses == 0 && !hasEnded && screen.IsFree)
            {
                screen.Draw(table.Compose(source.Observe(), screen.Size));
            }
        }
    }

    private void Forget()
    {
        lock (gate)
        {
            screen.Forget();
        }
    }

    private sealed class PauseEnd(LiveView view) : IDisposable
    {
        private bool isOver;

        public void Dispose()
        {
            lock (view.gate)
            {
                view.pauses -= isOver ? 0 : 1;
                isOver = true;
            }
        }
    }
}
