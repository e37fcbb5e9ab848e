using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace BdSync.Cli.Guest;

/// <summary>The program while it runs. It is killed where it still does when this is disposed of.</summary>
public sealed partial class ProgramRun : IAsyncDisposable
{
    /// <summary>For machines that are much slower.</summary>
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(3);

    private const int TerminateSignal = 15;

    private readonly Process process;
    private readonly StringBuilder output = new();

    /// <summary>Starts it.</summary>
    /// <param name="words">The program and its arguments.</param>
    public ProgramRun(IReadOnlyList<string> words)
    {
        process = new() { StartInfo = new(words[0], words.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true } };
        process.OutputDataReceived += Note;
        process.ErrorDataReceived += Note;
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The number of its process.</summary>
    public int Id => process.Id;

    /// <summary>Waits until something holds; fails where the program ends before.</summary>
    public async Task WaitUntilAsync(Func<bool> isReached)
    {
        var started = Stopwatch.GetTimestamp();
        while (!isReached())
        {
            Assert.True(!process.HasExited && Stopwatch.GetElapsedTime(started) < HangGuard, $"What is waited for does not come:\n{Output}");
            await Task.Delay(50);
        }
    }

    /// <summary>Waits until a stored patch has some bytes: the comparing is in its middle.</summary>
    public Task WaitForPatchAsync(TaskMachine machine) =>
        WaitUntilAsync(() => machine.Patches is [var patch] && new FileInfo(patch).Length > 64 * 1024);

    /// <summary>SIGTERM.</summary>
    public void Terminate() => Assert.Equal(0, SendSignal(process.Id, TerminateSignal));

    /// <summary>SIGKILL, and waits for the end.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<ProgramEnd> WaitAsync()
    {
        using var limit = new CancellationTokenSource(HangGuard);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The program does not end:\n{Output}");
        }

        return new(process.ExitCode, Output);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    private void Note(object sender, DataReceivedEventArgs received)
    {
        lock (output)
        {
            output.AppendLine(received.Data);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);
}
