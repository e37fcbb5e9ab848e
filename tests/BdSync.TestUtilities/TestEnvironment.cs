using System.Diagnostics;
using Xunit;

namespace BdSync.TestUtilities;

/// <summary>What the tests may need from where they run. A skip says why, and can be turned into a failure.</summary>
public static class TestEnvironment
{
    /// <summary>The root of the source tree: the folder above the test program that holds BdSync.sln.</summary>
    /// <remarks>Not from <c>[CallerFilePath]</c>, which a CI build replaces.</remarks>
    public static string SourceFolder { get; } = FindSourceFolder();

    /// <summary>Where the recordings of the stock tool lie.</summary>
    /// <remarks>Not copied beside the test programs: MSBuild takes hash-md5 and hash-MD5 for the same folder and leaves one out.</remarks>
    public static string VectorsFolder => Path.Combine(SourceFolder, "tests", "vectors");

    /// <summary>The path of the stock tool, from <c>BDSYNC_STOCK</c>; skips the test where it isn't given, whatever else is set: CI can't have it.</summary>
    public static string RequireStockTool()
    {
        var path = Environment.GetEnvironmentVariable("BDSYNC_STOCK");
        Assert.SkipWhen(string.IsNullOrEmpty(path), "BDSYNC_STOCK does not name a stock bdsync.");
        return path!;
    }

    /// <summary>
    /// The words that run bdsync-manager, whose script <c>BDSYNC_MANAGER</c> names, by Debian's Python; skips the test where it isn't given, or its library
    /// plumbum isn't there, whatever else is set: CI can't have it.
    /// </summary>
    public static IReadOnlyList<string> RequireManager()
    {
        const string interpreter = "/usr/bin/python3";
        var script = Environment.GetEnvironmentVariable("BDSYNC_MANAGER");
        Assert.SkipWhen(string.IsNullOrEmpty(script), "BDSYNC_MANAGER does not name the script of bdsync-manager.");
        Assert.SkipUnless(File.Exists(interpreter), $"There is no {interpreter} for bdsync-manager.");
        using var process = Process.Start(new ProcessStartInfo(interpreter, ["-c", "import plumbum"]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.SkipWhen(process.ExitCode != 0, "bdsync-manager needs plumbum (Debian: python3-plumbum).");
        return [interpreter, script!];
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

    private static string FindSourceFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BdSync.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds BdSync.sln: run the tests from within the source tree.");
    }
}
