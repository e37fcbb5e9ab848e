using System.Diagnostics;
using BdSync.TestUtilities;

namespace BdSync.Packaging.Tests.Samples;

/// <summary>The programs of the folder samples, as they were built with the tests.</summary>
internal static class Sample
{
    /// <summary>Starts one; its output and errors are there to be read.</summary>
    public static Process Start(string name, params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [GetPath(name), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>Runs one to its end.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(string name, params string[] arguments) => Command.Here.TryAsync("dotnet", [GetPath(name), .. arguments]);

    private static string GetPath(string name)
    {
        var projectFolder = Path.Combine(TestEnvironment.SourceFolder, "tests", "BdSync.Packaging.Tests");
        return Path.Combine(TestEnvironment.SourceFolder, "samples", name, Path.GetRelativePath(projectFolder, AppContext.BaseDirectory), $"{name}.dll");
    }
}
