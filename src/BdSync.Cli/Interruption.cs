using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BdSync.Cli;

/// <summary>
/// Turns SIGINT, SIGTERM and SIGHUP into a cancellation, so that all is cleaned up on the way out. A second signal
/// some time later, or a clean-up that takes too long, ends the program at once.
/// </summary>
internal sealed partial class Interruption : IDisposable
{
    /// <summary>SIGPIPE and SIGXFSZ (signal.h).</summary>
    private const int BrokenPipe = 13, FileTooLarge = 25;

    /// <summary>
    /// How long what comes again is the same request: timeout(1) signals its child and then its group, a closed terminal and its shell signal
    /// both, systemd may send SIGHUP right behind SIGTERM. A person who is impatient takes longer.
    /// </summary>
    private static readonly TimeSpan Echo = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations;
    private int signal;
    private long signalTime;

    public Interruption()
    {
        // The runtime ignores SIGPIPE, and does not handle what is ignored.
        SetSignal(BrokenPipe, 0);
        registrations =
        [
            Register(PosixSignal.SIGHUP, 1),
            Register(PosixSignal.SIGINT, 2),
            Register(PosixSignal.SIGTERM, 15),

            // What is ignored is inherited by the remote command, what is handled is not. A write to a broken pipe fails with an error
            // either way.
            PosixSignalRegistration.Create((PosixSignal)BrokenPipe, context => context.Cancel = true),

            // A write behind ulimit -f fails with an error, too: what was begun can be cleaned up.
            PosixSignalRegistration.Create((PosixSignal)FileTooLarge, context => context.Cancel = true),
        ];
    }

    public CancellationToken Token => source.Token;

    /// <summary>How long cleaning up may take before the program ends all the same. Default ten seconds.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The number of the signal that came; 0 for none.</summary>
    public int Signal => signal;

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        source.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal posixSignal, int number) => PosixSignalRegistration.Create(posixSignal, context =>
    {
        context.Cancel = true;
        lock (gate)
        {
            if (signal == 0)
            {
                signalTime = Stopwatch.GetTimestamp();
                signal = number;
            }
            else if (Stopwatch.GetElapsedTime(signalTime) < Echo)
            {
                return;
            }
            else
            {
                Environment.Exit(128 + number);
            }
        }

        // Not here: what hears of it goes on at once, up to the end of the program, and disposes of sources that have not been told yet. That they complain must not end the program.
        _ = source.CancelAsync();
        _ = Task.Delay(Grace).ContinueWith(_ => Environment.Exit(128 + number), TaskScheduler.Default);
    });

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetSignal(int signal, nint handler);
}
