using System.Diagnostics;

namespace BdSync.Cli.Tests.Commands;

/// <summary>The program, run as a user runs it.</summary>
internal static class BdSyncProgram
{
    public static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "bdsync");

    public static Result Run(params string[] arguments) => Run([], arguments);

    /// <summary>Runs a line of shell.</summary>
    public static Result RunShell(string line) => Start([], "sh", ["-c", line]);

    public static Result Run(byte[] input, string[] arguments) => Start(input, Path, arguments);

    private static Result Start(byte[] input, string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        var copying = process.StandardOutput.BaseStream.CopyToAsync(output);
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading all: its exit status tells.
        }

        Task.WaitAll(copying, errors);
        process.WaitForExit();
        return new(process.Id, process.ExitCode, output.ToArray(), errors.Result);
    }

    internal sealed record Result(int ProcessId, int ExitCode, byte[] Output, string Errors);
}
