using System.Diagnostics;
using System.Text;

namespace BdSync.Packaging.Tests;

/// <summary>Runs programs to their end in a folder, with an environment in which no build leaves a server behind.</summary>
internal sealed class Command(string folder, params (string Name, string Value)[] environment)
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(15);

    /// <summary>In the folder that the tests run in.</summary>
    public static Command Here { get; } = new(Environment.CurrentDirectory);

    /// <summary>Runs a program, which must succeed.</summary>
    /// <returns>What it wrote to standard output.</returns>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        var (status, output, error) = await TryAsync(program, arguments);
        Assert.True(status == 0, $"{program} {string.Join(' ', arguments)} ended with exit status {status}.\n{output}\n{error}");
        return output;
    }

    /// <summary>Runs a program.</summary>
    /// <returns>Its exit status, and what it wrote to standard output and to standard error.</returns>
    public async Task<(int Status, string Output, string Error)> TryAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(CreateStartInfo(program, arguments))!;
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeLimit);
        try
        {
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, output, await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private ProcessStartInfo CreateStartInfo(string program, string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };

        // What a build has set that these tests may be a part of.
        foreach (var name in info.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            info.Environment.Remove(name);
        }

        info.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        info.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        info.Environment["UseSharedCompilation"] = "false";
        info.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        info.Environment["DOTNET_NOLOGO"] = "1";
        info.Environment["LC_ALL"] = "C.UTF-8";
        info.Environment["PATH"] = $"{info.Environment["PATH"]}:/usr/local/sbin:/usr/sbin:/sbin";
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }
}
