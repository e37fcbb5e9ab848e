using System.Diagnostics;

namespace BdSync.Interop.Tests.Processes;

/// <summary>Waits for what other processes do.</summary>
internal static class Wait
{
    /// <summary>Where something hangs; far more than it takes on a slow and busy machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Waits for a condition; fails the test where it does not come true.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var time = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(time.Elapsed < Limit, $"After {Limit.TotalSeconds} s it is not so that {what}.");
            await Task.Delay(10);
        }
    }

    /// <summary>Gives other processes the time to come to where nothing more happens, in milliseconds.</summary>
    public static Task ForAsync(int milliseconds) => Task.Delay(milliseconds);
}
