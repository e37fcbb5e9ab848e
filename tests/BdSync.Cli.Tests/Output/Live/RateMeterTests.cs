using BdSync.Cli.Output.Live;

namespace BdSync.Cli.Tests.Output.Live;

public sealed class RateMeterTests
{
    private readonly StillTime time = new();
    private readonly RateMeter meter;
    private (long Local, long Remote, long Position) reached;

    public RateMeterTests() => meter = new(time);

    [Fact]
    public void Nothing_is_known_at_first()
    {
        Assert.Null(meter.Rates);
        Assert.Null(meter.GetRemaining(100));
        Add(0, 0, 0);
        Assert.Null(meter.Rates);
        Assert.Null(meter.GetRemaining(100));
    }

    [Fact]
    public void Rates_are_those_of_the_last_seconds()
    {
        Run(seconds: 60, local: 1000, remote: 500, position: 1000);
        Assert.Equal((1000, 500), meter.Rates);

        Run(seconds: 6, local: 10, remote: 0, position: 10);
        Assert.Equal((10, 0), meter.Rates);
    }

    [Fact]
    public void The_time_that_is_left_comes_from_the_last_half_minute()
    {
        Run(seconds: 100, local: 1, remote: 1, position: 1);
        Run(seconds: 40, local: 1, remote: 1, position: 100);

        Assert.Equal(10, meter.GetRemaining(4100 + 1000)!.Value.TotalSeconds, 0.5);
    }

    [Fact]
    public void While_nothing_goes_on_no_time_is_known()
    {
        Run(seconds: 10, local: 100, remote: 100, position: 100);
        Run(seconds: 40, local: 0, remote: 0, position: 0);

        Assert.Equal((0, 0), meter.Rates);
        Assert.Null(meter.GetRemaining(5000));
    }

    [Fact]
    public void A_comparison_that_begins_anew_counts_from_there()
    {
        Run(seconds: 10, local: 1000, remote: 1000, position: 1000);
        time.Advance(1);
        Add(0, 0, 0);

        Assert.Null(meter.Rates);
    }

    [Fact]
    public void Huge_numbers_do_no_harm()
    {
        Add(0, 0, 0);
        time.Advance(3);
        Add(long.MaxValue, long.MaxValue, 1);

        Assert.Equal(long.MaxValue / 3, meter.Rates!.Value.Local, 1e16);
        Assert.True(meter.GetRemaining(long.MaxValue) > TimeSpan.FromDays(1000));
    }

    private void Run(int seconds, long local, long remote, long position)
    {
        for (var step = 0; step < seconds; step++)
        {
            reached = (reached.Local + local, reached.Remote + remote, reached.Position + position);
            time.Advance(1);
            Add(reached.Local, reached.Remote, reached.Position);
        }
    }

    private void Add(long local, long remote, long position) =>
        meter.Add(new(0, position, long.MaxValue, false) { Statistics = new() { LocalBytesRead = local, RemoteBytesRead = remote } });
}
