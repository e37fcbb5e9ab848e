using System.Diagnostics;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Transports.Ssh.Trust;

/// <summary>The programs of OpenSSH, to compare with.</summary>
internal static class OpenSsh
{
    public const string DaemonPath = "/usr/sbin/sshd";

    public static bool IsClientInstalled => IsInstalled("ssh-keygen") && IsInstalled("ssh");

    public static void RequireClient() =>
        TestEnvironment.Require(IsClientInstalled, "This test needs ssh and ssh-keygen, from the package openssh-client.");

    public static void RequireDaemon()
    {
        RequireClient();
        TestEnvironment.Require(File.Exists(DaemonPath), $"This test needs {DaemonPath}, from the package openssh-server.");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit status, and both of its outputs in one text.</returns>
    public static (int ExitStatus, string Output) Run(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }

    public static string RunOrFail(string program, params IEnumerable<string> arguments)
    {
        var (exitStatus, output) = Run(program, arguments);
        Assert.True(exitStatus == 0, $"{program} ended with {exitStatus}: {output}");
        return output;
    }

    /// <summary>Makes a pair of keys; <c>.pub</c> is appended to the path for the public one.</summary>
    /// <returns>The type and the public key in base64.</returns>
    public static string CreateKey(string path, string type)
    {
        RunOrFail("ssh-keygen", ["-q", "-t", type, "-N", "", "-C", "", "-f", path]);
        return string.Join(' ', File.ReadAllText(path + ".pub").Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Take(2));
    }

    /// <summary>The lines that <c>ssh-keygen -F</c> finds, by their number.</summary>
    public static List<int> FindLines(string file, string name)
    {
        var (_, output) = Run("ssh-keygen", "-F", name, "-f", file);
        return [.. output.Split('\n').Where(line => line.StartsWith("# Host ", StringComparison.Ordinal)).Select(GetLineNumber)];
    }

    private static int GetLineNumber(string line)
    {
        var words = line.Split(' ');
        return int.Parse(words[Array.LastIndexOf(words, "line") + 1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
}
