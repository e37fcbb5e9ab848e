using System.Diagnostics;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Transports.Ssh.Configuration;

/// <summary>The real ssh, asked how it understands a configuration.</summary>
internal static class SshProgram
{
    /// <summary>What the environment has for ssh and for us; only these are looked up by the configurations of the tests.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>
    {
        ["SSH_AUTH_SOCK"] = "/run/agents/default",
        ["BDSYNC_TEST_AGENT"] = "/run/agents/other",
        ["BDSYNC_TEST_KEYS"] = "/srv/keys",
        ["BDSYNC_TEST_EMPTY"] = "",
    };

    /// <summary>Skips the test where there is no ssh.</summary>
    public static void Require() =>
        TestEnvironment.Require(
            (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "ssh"))),
            "This test needs ssh, from the package openssh-client.");

    /// <summary>What <c>ssh -G</c> says: the values of each keyword; null where it refuses the configuration.</summary>
    public static ILookup<string, string>? Explain(string file, string host)
    {
        var (status, output, _) = Run("-G", "-F", file, host);
        return status != 0
            ? null
            : output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2)).ToLookup(parts => parts[0], parts => parts.ElementAtOrDefault(1) ?? "");
    }

    /// <summary>
    /// The files that it tries to load, with all tokens expanded: from what it says with -v. The kind is <c>identity</c> or <c>certificate</c>.
    /// </summary>
    public static string[] ListFiles(string file, string host, string kind)
    {
        // The command in place of a connection ends at once.
        var (_, _, errors) = Run("-v", "-F", file, "-o", "ProxyCommand=false", host);
        var files = errors.Split('\n')
            .Where(line => line.StartsWith($"debug1: {kind} file ", StringComparison.Ordinal))
            .Select(line => line[$"debug1: {kind} file ".Length..line.LastIndexOf(" type ", StringComparison.Ordinal)])
            .ToArray();
        return [.. files.Where(path => !path.EndsWith("-cert", StringComparison.Ordinal) || !files.Contains(path[..^"-cert".Length]))];
    }

    private static (int Status, string Output, string Errors) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("ssh", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
