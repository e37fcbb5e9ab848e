using BdSync.Cli.Patches;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Cli.Tests.Patches;

/// <summary>Bandwidth limits, by a clock that passes at once.</summary>
public class LimitedStreamTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Gen<long> Rates => Gen.OneOf(Gen.Choose(1, 100).Select(value => (long)value), Gen.Choose(100, int.MaxValue).Select(value => (long)value));

    [Property(MaxTest = 40)]
    public Property Rate_is_kept_to_within_a_percent() => Prop.ForAll(Arb.From(Rates), Arb.From(Gen.Choose(1, 40)), async (rate, writes) =>
    {
        var time = new VirtualTime(frequency: 1_000_000_000);
        using var output = new CountingStream(time);
        await using var stream = new LimitedStream(output, rate, time);
        var length = (int)Math.Clamp(rate * 3 / writes, 1, 1_000_000);
        for (var count = 0; count < writes; count++)
        {
            await stream.WriteAsync(new byte[length], Cancellation);
        }

        var expected = (double)length * writes / rate;
        Assert.Equal((long)length * writes, output.BytesWritten);
        Assert.InRange(time.Now.TotalSeconds, expected * 0.999, (expected * 1.01) + 0.002);
        Assert.True(output.IsAlwaysWithin(rate, 0), "More has gone through than the rate allows.");
    });

    [Theory]
    [InlineData(100_000)]
    [InlineData(2_000_000)]
    public async Task Timers_that_are_late_do_not_slow_it_down(long rate)
    {
        var time = new VirtualTime(lateness: TimeSpan.FromMilliseconds(15));
        await using var stream = new LimitedStream(new CountingStream(time), rate, time);
        await stream.WriteAsync(new byte[rate * 20], Cancellation);
        Assert.InRange(time.Now.TotalSeconds, 20, 20.2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50_000)]
    [InlineData(5_000_000)]
    public async Task What_was_not_used_is_made_up_for_by_little(long rate)
    {
        var time = new VirtualTime();
        using var output = new CountingStream(time);
        await using var stream = new LimitedStream(output, rate, time);
        time.Advance(TimeSpan.FromDays(10));
        var start = time.Now;
        var burst = Math.Max(rate / 10, 4096);
        await stream.WriteAsync(new byte[burst], Cancellation);
        Assert.Equal(start, time.Now);
        await stream.WriteAsync(new byte[rate], Cancellation);
        Assert.InRange((time.Now - start).TotalSeconds, 0.999, 1.01);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue / 10)]
    public async Task The_highest_limits_limit_nothing(long rate)
    {
        foreach (var frequency in new[] { 1L, 1_000_000_000 })
        {
            var time = new VirtualTime(frequency);
            await using var stream = new LimitedStream(new CountingStream(time), rate, time);
            time.Advance(TimeSpan.FromSeconds(1));
            await stream.WriteAsync(new byte[1_000_000], Cancellation);
            Assert.InRange(time.Now.TotalSeconds, 1, 1.01);
        }
    }

    [Fact]
    public async Task Data_arrives_as_it_was()
    {
        var data = new byte[100_000];
        new Random(1).NextBytes(data);
        using var output = new MemoryStream();
        await using (var stream = new LimitedStream(output, 77_777, new VirtualTime()))
        {
            await stream.WriteAsync(data, Cancellation);
            await stream.FlushAsync(Cancellation);
        }

        Assert.Equal(data, output.ToArray());
        Assert.True(output.CanWrite);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        using var output = new MemoryStream();
        await using var stream = new LimitedStream(output, 1, TimeProvider.System);
        var writing = stream.WriteAsync(new byte[1_000_000], source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing.WaitAsync(TimeSpan.FromMinutes(1), Cancellation));
    }

    [Fact]
    public void No_rate_is_no_limit_that_it_takes() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LimitedStream(Stream.Null, 0, TimeProvider.System));
}
