using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Commands;

/// <summary>Programs that tests compare with.</summary>
internal static class Tool
{
    /// <summary>Skips the test where the program isn't installed.</summary>
    public static void Require(string name) => TestEnvironment.Require(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, name))),
        $"This test needs {name}, from the package of that name.");
}
