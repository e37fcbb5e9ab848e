using System.Globalization;

namespace BdSync.Interop.Tests.Memory;

/// <summary>Watches how much memory processes have had at most: VmHWM, which the system keeps, so that reading it now and then is enough.</summary>
internal sealed class PeakMemory : IAsyncDisposable
{
    /// <summary>
    /// What no program may exceed, in bytes: twice what they take, as that depends on the system and on when which thread gets its turn; far less than a
    /// program would take that held one of <see cref="LargeDevices"/>.
    /// </summary>
    public const long Limit = 160L * 1024 * 1024;

    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<string, long> peaks = [];
    private readonly List<Task> watching = [];

    /// <summary>Watches a process until it ends.</summary>
    public void Watch(string name, int processId) => watching.Add(WatchAsync(name, processId));

    /// <summary>Checks all that was watched, once it has ended.</summary>
    public async Task ShouldStayBelowLimitAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(watching);
        var summary = string.Join(", ", peaks.Select(peak => string.Create(CultureInfo.InvariantCulture, $"{peak.Key} {peak.Value / 1048576.0:F1} MiB")));
        TestContext.Current.TestOutputHelper?.WriteLine($"Peak memory: {summary}");
        Assert.All(peaks, peak => Assert.True(peak.Value is > 0 and < Limit, $"At most {Limit / 1048576} MiB are allowed. Peak memory: {summary}"));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(watching);
        stop.Dispose();
    }

    private async Task WatchAsync(string name, int processId)
    {
        peaks[name] = 0;
        while (Read(processId) is > 0 and var peak)
        {
            peaks[name] = peak;
            if (stop.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(10);
        }
    }

    // 0 once it has ended: the line is missing then, or the file.
    private static long Read(int processId)
    {
        try
        {
            var line = File.ReadLines($"/proc/{processId}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line["VmHWM:".Length..^"kB".Length], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
