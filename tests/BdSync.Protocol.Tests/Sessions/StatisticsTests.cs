using System.Diagnostics;
using System.Diagnostics.Metrics;
using BdSync.Protocol.Planning;
using BdSync.TestUtilities;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>What a comparison says that it has cost, against what devices, a proxy and a listener have seen.</summary>
public class StatisticsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Property(MaxTest = 60, Arbitrary = [typeof(SyncGenerators)])]
    public async Task Statistics_are_what_the_devices_and_the_line_have_seen(SyncScenario scenario)
    {
        var options = scenario.Options with { SizePolicy = SizePolicy.Resize, Checksum = null };
        using var local = new MemoryDevice(scenario.Devices.Local);
        var remote = new MemoryDevice(scenario.Devices.Remote);
        var streams = new StreamPair();
        var proxy = new RecordingProxy();
        var serving = proxy.ServeAsync(new() { OpenDevice = _ => remote }, streams, Cancellation);
        var progress = new RecordingProgress<SyncProgress>();
        var outcome = await TestSession.RunClientAsync(new BdSyncClient(options), streams, local, serving, "remote", progress, null, Cancellation);
        Assert.Null(outcome.ClientError);
        var statistics = outcome.Result!.Statistics;
        Assert.Equal(local.BytesRead, statistics.LocalBytesRead);
        Assert.Equal(remote.BytesRead, statistics.RemoteBytesRead);
        Assert.Equal(proxy.Requests.Sum(request => (long)request.Length), statistics.BytesSent);
        Assert.Equal(statistics.RemoteBytesHashed, statistics.LocalBytesHashed);
        Assert.True(statistics.BytesReceived > 0 && statistics.LocalBytesHashed >= Math.Min(local.Length, remote.Length));
        Assert.Equal((statistics, outcome.Result.DifferingBytes), (progress.Reports[^1].Statistics, progress.Reports[^1].DifferingBytes));
    }

    [Fact]
    public async Task Two_devices_of_this_machine_are_read_once_and_not_hashed()
    {
        using var source = new MemoryDevice(new byte[100_000]);
        using var target = new MemoryDevice(new byte[100_000]);
        var result = await new BdSyncLocal().WritePatchAsync(source, target, Stream.Null, cancellationToken: Cancellation);
        Assert.Equal(new SyncStatistics { LocalBytesRead = 100_000, RemoteBytesRead = 100_000 }, result.Statistics);
    }

    [Fact]
    public async Task Listeners_see_the_same_numbers_and_an_activity()
    {
        // Other tests run at the same time, so at least as much.
        var measured = new System.Collections.Concurrent.ConcurrentDictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == BdSyncTelemetry.MeterName)
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.AddOrUpdate($"{instrument.Name} {(tags.Length > 0 ? tags[0].Value : "")}".Trim(), value, (_, sum) => sum + value));
        listener.Start();
        var activities = new System.Collections.Concurrent.ConcurrentBag<Activity>();
        using var tracer = new ActivityListener
        {
            ShouldListenTo = source => source.Name == BdSyncTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Add,
        };
        ActivitySource.AddActivityListener(tracer);
        var outcome = await TestSession.RunAsync(new(), new MemoryDevice(new byte[5000]), TestSession.Serve([.. Enumerable.Repeat((byte)1, 5000)]), cancellationToken: Cancellation);
        var statistics = outcome.Result!.Statistics;
        Assert.True(measured["bdsync.device.read local"] >= statistics.LocalBytesRead);
        Assert.True(measured["bdsync.device.read remote"] >= statistics.RemoteBytesRead);
        Assert.True(measured["bdsync.device.hashed local"] >= statistics.LocalBytesHashed);
        Assert.True(measured["bdsync.wire.transferred received"] >= statistics.BytesReceived);
        Assert.True(measured["bdsync.device.differing"] >= outcome.Result.DifferingBytes);
        Assert.Contains(activities, activity => activity.OperationName == "bdsync.compare" && activity.GetTagItem("bdsync.differing") is 5000L);
        Assert.Contains(activities, activity => activity.OperationName == "bdsync.serve");
    }
}
