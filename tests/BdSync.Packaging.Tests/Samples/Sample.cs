using System.Diagnostics;
using BdSync.TestUtilities;

namespace BdSync.Packaging.Tests.Samples;

/// <summary>The programs of the folder samples, as they were built with the tests.</summary>
internal static class Sample
{
    /// <summary>Starts one; its output and errors are there to be read.</summary>
    public static Process Start(string name, params string[] arguments)
    {
        var projectFolder = Path.Combine(TestEnvironment.SourceFolder, "tests", "BdSync.Packaging.Tests");
        var program = Path.Combine(TestEnvironment.SourceFolder, "samples", name, Path.GetRelativePath(projectFolder, AppContext.BaseDirectory), $"{name}.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    /// <summary>Runs one to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string name, params string[] arguments)
    {
        using var process = Start(name, arguments);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await errors);
    }
}
