using System.Diagnostics;

namespace BdSync.Protocol.Sessions;

/// <summary>Watches how long a server takes for the answer that is due. Safe for several threads. A connection that is opened again does not set it back: a server must not gain time by ending one.</summary>
internal sealed class AnswerClock : IAsyncDisposable
{
    /// <summary>How often it looks, as a part of what it allows.</summary>
    private const int LooksPerLimit = 8;

    private readonly TimeSpan limit;
    private readonly Timer? timer;
    private long dueSince;
    private TransportException? failure;

    /// <summary>Creates a clock.</summary>
    /// <param name="limit">How long an answer may take; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="onLate">Gets the error where an answer is late that has not come yet.</param>
    public AnswerClock(TimeSpan limit, Action<TransportException> onLate)
    {
        this.limit = limit;
        if (limit != Timeout.InfiniteTimeSpan)
        {
            var interval = limit / LooksPerLimit;
            timer = new(_ => Look(onLate), null, interval, interval);
        }
    }

    /// <summary>The error of an answer that was late; null for none.</summary>
    public TransportException? Failure => Volatile.Read(ref failure);

    /// <summary>A request is sent.</summary>
    public void Start() => Interlocked.CompareExchange(ref dueSince, Stopwatch.GetTimestamp(), 0);

    /// <summary>An answer has come.</summary>
    /// <param name="anotherIsDue">Whether there are requests without one.</param>
    public void Advance(bool anotherIsDue) => Interlocked.Exchange(ref dueSince, anotherIsDue ? Stopwatch.GetTimestamp() : 0);

    /// <summary>An answer is there.</summary>
    /// <exception cref="TransportException">It is late.</exception>
    public void Check()
    {
        if (IsLate())
        {
            throw Fail();
        }
    }

    public ValueTask DisposeAsync() => timer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Look(Action<TransportException> onLate)
    {
        if (IsLate())
        {
            onLate(Fail());
        }
    }

    private bool IsLate() => limit != Timeout.InfiniteTimeSpan && Interlocked.Read(ref dueSince) is var since && since != 0 && Stopwatch.GetElapsedTime(since) > limit;

    private TransportException Fail()
    {
        var late = new TransportException(
            BdSyncExitStatus.Connection, FormattableString.Invariant($"The other side took longer for an answer than the {limit.TotalSeconds:0.###} seconds that were allowed."));
        return Interlocked.CompareExchange(ref failure, late, null) ?? late;
    }
}
