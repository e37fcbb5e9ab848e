using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BdSync.Lvm;

/// <summary>
/// LVM on this machine. Each call starts the program lvm(8) once, directly and without a shell, in the C locale; this is the only place that starts a process. Needs
/// root. Safe for several threads.
/// </summary>
public sealed class LvmTool
{
    /// <summary>How much a command may print, in bytes: a report over many thousands of volumes has less.</summary>
    private const int MaxOutputLength = 64 * 1024 * 1024;

    /// <summary>How much of a command's errors is kept, in bytes.</summary>
    private const int MaxErrorLength = 64 * 1024;

    /// <summary>How long a command may take to end once it is asked to, and its output to end behind it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ILogger logger;

    /// <summary>Creates it; nothing is looked at yet.</summary>
    /// <param name="programPath">The program.</param>
    /// <param name="logger">Receives each command, and the remarks of those that succeed, at level debug.</param>
    public LvmTool(string programPath = "/sbin/lvm", ILogger? logger = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(programPath);
        ProgramPath = programPath;
        this.logger = logger ?? NullLogger.Instance;
    }

    /// <summary>The program.</summary>
    public string ProgramPath { get; }

    /// <summary>Receives the log.</summary>
    internal ILogger Logger => logger;

    /// <summary>How long a command may take; default 5 min, as LVM waits for the locks of others.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Finds a volume of this machine.</summary>
    /// <param name="path">Its path in any form, see <see cref="VolumeName.TryResolve"/>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Null where the path is none of a logical volume, or its group has no such volume.</returns>
    /// <exception cref="LvmException">LVM fails, which it also does where there is no such group.</exception>
    public async Task<LogicalVolume?> FindVolumeAsync(string path, CancellationToken cancellationToken = default) =>
        VolumeName.TryResolve(path) is { } name ? await RunAsync(LvmCommands.FindVolume(name), cancellationToken).ConfigureAwait(false) : null;

    /// <summary>Asks for a volume.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="LvmException">LVM fails, or there is none.</exception>
    public async Task<LogicalVolume> GetVolumeAsync(VolumeName name, CancellationToken cancellationToken = default) =>
        await RunAsync(LvmCommands.FindVolume(name), cancellationToken).ConfigureAwait(false)
        ?? throw new LvmException($"There is no logical volume {name}.");

    /// <summary>Asks for a volume group.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="LvmException">LVM fails, or there is none.</exception>
    public Task<VolumeGroup> GetVolumeGroupAsync(string name, CancellationToken cancellationToken = default) => RunAsync(LvmCommands.GetVolumeGroup(name), cancellationToken);

    /// <summary>Runs a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Ends a command that only asks; one that changes something is not begun, or comes to its end.</param>
    /// <returns>What its result says.</returns>
    /// <exception cref="LvmException">It can't be started, takes too long, prints too much, or fails.</exception>
    public async Task<T> RunAsync<T>(LvmCommand<T> command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        cancellationToken.ThrowIfCancellationRequested();
        logger.Running(ProgramPath, command.ToString());
        var result = await RunAsync(ProgramPath, command.Words, command.Words, command.IsChange, command.IsChange ? CancellationToken.None : cancellationToken).ConfigureAwait(false);
        if (result.ExitStatus == 0 && result.Errors.Length > 0)
        {
            logger.Remarks(result.Errors.Trim());
        }

        return command.Complete(result);
    }

    /// <summary>Runs another program of the system's administration.</summary>
    /// <param name="program">Its name; it is looked for where lvm is, and in the usual folders.</param>
    /// <param name="words">What it gets.</param>
    /// <param name="isChange">Whether it changes something, and is not to be killed.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="LvmException">It is not there, can't be started, takes too long or prints too much.</exception>
    internal Task<LvmResult> RunProgramAsync(string program, IReadOnlyList<string> words, bool isChange, CancellationToken cancellationToken)
    {
        var path = SystemProgram.Find(program, ProgramPath);
        logger.Running(path, string.Join(' ', words));
        return RunAsync(path, words, [program, .. words], isChange, cancellationToken);
    }

    /// <summary>Runs such a program, which changes nothing, and reads what it prints while it comes.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="words">What it gets.</param>
    /// <param name="read">Reads to the end, on a thread of its own.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="LvmException">It is not there, can't be started, takes too long or fails, or <paramref name="read"/> can't understand it.</exception>
    internal async Task<T> ReadProgramAsync<T>(string program, IReadOnlyList<string> words, Func<Stream, T> read, CancellationToken cancellationToken)
    {
        var path = SystemProgram.Find(program, ProgramPath);
        string[] command = [program, .. words];
        logger.Running(path, string.Join(' ', words));
        using var process = Start(path, words, command);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeLimit);
        var errors = CappedText.ReadAsync(process.StandardError.BaseStream, MaxErrorLength);
        var reading = Task.Run(() => read(process.StandardOutput.BaseStream), CancellationToken.None);
        try
        {
            // A reader that gives up leaves the rest in the pipe, and the program would wait for ever.
            await ((Task)reading).WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            limit.Token.ThrowIfCancellationRequested();
            if (reading.IsFaulted)
            {
                process.StandardOutput.Close();
            }

            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process, isChange: false).ConfigureAwait(false);
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            throw new LvmException($"did not end within {TimeLimit.TotalSeconds} s", command, null);
        }

        // What a program that fails has printed is not looked at.
        var text = await errors.ConfigureAwait(false);
        return process.ExitCode != 0 && !(reading.IsFaulted && text.Text.Length == 0)
            ? throw new LvmException($"ended with exit status {process.ExitCode}", command, new(process.ExitCode, "", text.Text))
            : reading.Exception?.InnerException is { } fault ? throw new LvmException($"printed what can't be used ({fault.Message})", command, null, fault)
            : await reading.ConfigureAwait(false);
    }

    private async Task<LvmResult> RunAsync(string path, IReadOnlyList<string> words, IReadOnlyList<string> command, bool isChange, CancellationToken cancellationToken)
    {
        using var process = Start(path, words, command);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeLimit);
        var output = CappedText.ReadAsync(process.StandardOutput.BaseStream, MaxOutputLength);
        var errors = CappedText.ReadAsync(process.StandardError.BaseStream, MaxErrorLength);
        try
        {
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process, isChange).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw new LvmException($"did not end within {TimeLimit.TotalSeconds} s{(process.HasExited ? "" : ", and goes on")}", command, null);
        }

        // A daemon that it has started may keep the streams open.
        await Task.WhenAny(Task.WhenAll(output, errors), Task.Delay(Grace, CancellationToken.None)).ConfigureAwait(false);
        if (!output.IsCompletedSuccessfully || !errors.IsCompletedSuccessfully)
        {
            throw new LvmException("has ended, but its output did not", command, null);
        }

        var result = new LvmResult(process.ExitCode, output.Result.Text, errors.Result.Text);
        return output.Result.IsCut ? throw new LvmException($"printed over {MaxOutputLength} bytes", command, result) : result;
    }

    private static Process Start(string path, IReadOnlyList<string> words, IReadOnlyList<string> command)
    {
        var startInfo = new ProcessStartInfo(path, words)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        startInfo.Environment["LC_ALL"] = "C";

        // lvm(8): it complains of every descriptor that this program has inherited itself.
        startInfo.Environment["LVM_SUPPRESS_FD_WARNINGS"] = "1";
        try
        {
            var process = Process.Start(startInfo) ?? throw new InvalidOperationException("No process was started.");
            process.StandardInput.Close();
            return process;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            throw new LvmException($"can't be run by {path} ({exception.Message})", command, null, exception);
        }
    }

    // A change that is killed may leave devices suspended; LVM puts a signal that asks off until that can't happen.
    private static async Task EndAsync(Process process, bool isChange)
    {
        if (isChange)
        {
            SystemCalls.AskToEnd(process.Id);
        }
        else
        {
            process.Kill();
        }

        using var grace = new CancellationTokenSource(Grace);
        await process.WaitForExitAsync(grace.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
