using BdSync.TestUtilities;

namespace BdSync.Interop.Tests.Programs;

/// <summary>
/// Where the programs are. Ours lies beside the tests, or is what <c>BDSYNC_PROGRAM</c> names: the native build, for example.
/// </summary>
internal static class Tool
{
    /// <summary>The path of this project's program.</summary>
    public static string Ours { get; } = GetOurs();

    /// <summary>The path of a program; skips the test where there is no stock tool.</summary>
    public static string Require(Implementation implementation) =>
        implementation == Implementation.Ours ? Ours : TestEnvironment.RequireStockTool();

    /// <summary>A word of a REMSHCMD, whatever it contains.</summary>
    public static string Quote(string word) => $"'{word.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A REMSHCMD that starts a server on this machine.</summary>
    public static string ServerCommand(Implementation implementation, params string[] arguments) =>
        string.Join(' ', [Quote(Require(implementation)), "--server", .. arguments]);

    private static string GetOurs()
    {
        var given = Environment.GetEnvironmentVariable("BDSYNC_PROGRAM");
        return Path.GetFullPath(string.IsNullOrEmpty(given) ? Path.Combine(AppContext.BaseDirectory, "bdsync") : given);
    }
}
