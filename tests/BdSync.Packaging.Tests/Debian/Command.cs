using System.Diagnostics;

namespace BdSync.Packaging.Tests.Debian;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    /// <summary>Runs it, and fails the test unless it ends with 0.</summary>
    /// <returns>What it printed on its standard output.</returns>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var (status, output, error) = await TryAsync(program, arguments);
        Assert.True(status == 0, $"{program} {string.Join(' ', arguments)} ended with {status}: {output}{error}");
        return output;
    }

    /// <summary>Runs it.</summary>
    /// <returns>Its exit status, and what it printed on its standard output and its standard error.</returns>
    public static async Task<(int Status, string Output, string Error)> TryAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(Prepare(program, arguments))!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }

    private static ProcessStartInfo Prepare(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["PATH"] = $"{start.Environment["PATH"]}:/usr/local/sbin:/usr/sbin:/sbin";

        // Nothing that a build starts stays behind.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        return start;
    }
}
