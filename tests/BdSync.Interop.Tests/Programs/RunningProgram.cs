using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BdSync.Interop.Tests.Programs;

/// <summary>A program under way. Standard output and error are collected unless the test reads the output itself. It does not outlive the test.</summary>
internal sealed partial class RunningProgram : IAsyncDisposable
{
    /// <summary>Where something hangs; far more than any program takes on a slow and busy machine.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private readonly Process process;
    private readonly Task<string> errors;
    private readonly MemoryStream collected = new();
    private Task collecting = Task.CompletedTask;

    private RunningProgram(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public Stream Input => process.StandardInput.BaseStream;

    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>Starts a program; its standard input is a pipe that stays open.</summary>
    public static RunningProgram Start(string folder, string path, params IEnumerable<string> arguments)
    {
        var startInfo = new ProcessStartInfo(path, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Programs that live for a moment only: what the compiler would do for long-lived ones just costs time.
        startInfo.Environment["DOTNET_TieredPGO"] = "0";

        // Not the machine's history.
        startInfo.Environment["STATE_DIRECTORY"] = Path.Combine(folder, "state");
        return new(Process.Start(startInfo) ?? throw new InvalidOperationException($"{path} was not started."));
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<ProgramResult> RunAsync(string folder, string path, IEnumerable<string> arguments, ReadOnlyMemory<byte> input = default)
    {
        await using var program = Start(folder, path, arguments);
        program.CollectOutput();
        await program.WriteInputAsync(input);
        return await program.WaitAsync();
    }

    /// <summary>Collects the output from now on.</summary>
    public void CollectOutput() => collecting = Output.CopyToAsync(collected);

    /// <summary>Reads some of the output and drops it; fails where there is less.</summary>
    public async Task ReadOutputAsync(int length) => await Output.ReadExactlyAsync(new byte[length]).AsTask().WaitAsync(Timeout);

    /// <summary>Reads the output to its end and keeps none of it.</summary>
    public Task DropOutputAsync() => Output.CopyToAsync(Stream.Null).WaitAsync(Timeout);

    /// <summary>Writes to standard input, which stays open.</summary>
    public async Task SendAsync(byte[] data)
    {
        await Input.WriteAsync(data);
        await Input.FlushAsync();
    }

    /// <summary>Writes to standard input and closes it. That nobody reads it to its end is no fault of the test.</summary>
    public async Task WriteInputAsync(ReadOnlyMemory<byte> input)
    {
        try
        {
            await Input.WriteAsync(input);
            await Input.DisposeAsync();
        }
        catch (IOException)
        {
            // The program's exit status and its words tell.
        }
    }

    /// <summary>Whether it has a file of this name open.</summary>
    public bool HasOpen(string name) =>
        Directory.EnumerateFileSystemEntries($"/proc/{Id}/fd").Any(descriptor => Path.GetFileName(new FileInfo(descriptor).LinkTarget) == name);

    /// <summary>Sends a signal to this program only.</summary>
    public void Signal(int signal) => Send(Id, signal);

    /// <summary>Sends a signal to a process.</summary>
    public static void Send(int processId, int signal)
    {
        if (Kill(processId, signal) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Waits for the end; fails the test where it does not come.</summary>
    public async Task<ProgramResult> WaitAsync()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
            await collecting.WaitAsync(timeout.Token);
            return new(process.ExitCode, collected.ToArray(), await errors.WaitAsync(timeout.Token));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} did not end, or something it started keeps its output open.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
        await collected.DisposeAsync();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
