using Xunit;

namespace BdSync.TestUtilities;

/// <summary>What the tests may need from where they run. A skip says why, and can be turned into a failure.</summary>
public static class TestEnvironment
{
    /// <summary>Where the recordings of the stock tool lie.</summary>
    public static string VectorsFolder => Path.Combine(AppContext.BaseDirectory, "vectors");

    /// <summary>The path of the stock tool, from <c>BDSYNC_STOCK</c>; skips the test where it isn't given, whatever else is set: CI can't have it.</summary>
    public static string RequireStockTool()
    {
        var path = Environment.GetEnvironmentVariable("BDSYNC_STOCK");
        Assert.SkipWhen(string.IsNullOrEmpty(path), "BDSYNC_STOCK does not name a stock bdsync.");
        return path!;
    }

    /// <summary>Skips the test where it is not run by root.</summary>
    public static void RequireRoot() => Require(Environment.IsPrivilegedProcess, "This test needs root.");

    /// <summary>Skips the test where a condition isn't met; fails it instead where <c>BDSYNC_TEST_DISALLOW_SKIP</c> is 1.</summary>
    public static void Require(bool condition, string reason)
    {
        if (!condition && Environment.GetEnvironmentVariable("BDSYNC_TEST_DISALLOW_SKIP") == "1")
        {
            Assert.Fail($"Skipping is not allowed here: {reason}");
        }

        Assert.SkipUnless(condition, reason);
    }
}
