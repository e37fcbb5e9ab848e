using System.Diagnostics;

namespace BdSync.TestUtilities.Ssh;

/// <summary>Runs the programs of Debian's openssh-client and openssh-server.</summary>
public static class OpenSshCommand
{
    /// <summary>How long one may take: far more than it does.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Skips the test where a program is missing; fails it instead where skips are not allowed.</summary>
    public static void Require(string program) => TestEnvironment.Require(Find(program) is not null, $"{program} is missing: install openssh-client and openssh-server.");

    /// <summary>Where a program lies: sshd(8) wants to be started by its full path; null where it is missing.</summary>
    public static string? Find(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Append("/usr/sbin").Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }

    /// <summary>Runs a program to its end, without a terminal and with an empty input.</summary>
    /// <returns>Its exit status, and what it wrote to both outputs.</returns>
    public static (int ExitStatus, string Output) TryRun(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var startInfo = new ProcessStartInfo(Find(program) ?? program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            startInfo.Environment[name] = value;
        }

        using var process = Process.Start(startInfo)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', startInfo.ArgumentList)} has not ended within {Limit.TotalSeconds} s.");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult());
    }

    /// <summary>The same, and a failure is one of the test's.</summary>
    /// <returns>What it wrote to both outputs.</returns>
    public static string Run(string program, params string[] arguments)
    {
        var (exitStatus, output) = TryRun(program, arguments);
        return exitStatus == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with exit status {exitStatus}: {output}");
    }
}
