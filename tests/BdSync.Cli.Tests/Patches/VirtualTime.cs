namespace BdSync.Cli.Tests.Patches;

/// <summary>A clock that nobody has to wait for: whoever waits moves it on. Not for several who wait at the same time.</summary>
internal sealed class VirtualTime(long frequency = TimeSpan.TicksPerSecond, TimeSpan lateness = default) : TimeProvider
{
    private TimeSpan now;

    public override long TimestampFrequency => frequency;

    /// <summary>How much time has passed.</summary>
    public TimeSpan Now => now;

    public override long GetTimestamp() => (long)((Int128)now.Ticks * frequency / TimeSpan.TicksPerSecond);

    public void Advance(TimeSpan time) => now += time;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new VirtualTimer(System.CreateTimer(
            _ =>
            {
                now += dueTime + lateness;
                callback(state);
            },
            null,
            dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero,
            Timeout.InfiniteTimeSpan));

    private sealed class VirtualTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
