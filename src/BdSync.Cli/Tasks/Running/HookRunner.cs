using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Running;

/// <summary>
/// Runs the shell commands around tasks. Each gets <c>/bin/sh -c</c>, no input, and environment variables that say what happened; what it
/// prints goes to the log. Safe for several threads.
/// </summary>
internal static class HookRunner
{
    /// <summary>How much of a value a command gets, in characters: Linux starts no program with a variable of 128 KiB or more (MAX_ARG_STRLEN, linux/binfmts.h), and a character may take three bytes.</summary>
    private const int MaxValueLength = 32 * 1024;

    /// <summary>How much longer a command gets that a signal does not end, from then on.</summary>
    private static readonly TimeSpan InterruptedLimit = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Runs a command and waits for its end.</summary>
    /// <param name="hook">The key that it stands behind.</param>
    /// <param name="command">The command; null for none.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="variables">Further environment variables.</param>
    /// <param name="logger">Receives what it prints.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="interruption">What a signal fires where the command is to be run all the same: it then has 20 seconds left at most.</param>
    /// <exception cref="TaskException">It can't be started, takes too long, or ends with another status than 0.</exception>
    public static async Task RunAsync(
        string hook, string? command, TimeSpan limit, IEnumerable<KeyValuePair<string, string>> variables, ILogger logger, CancellationToken cancellationToken,
        CancellationToken interruption = default)
    {
        if (command is null)
        {
            return;
        }

        logger.RunningHook(hook, command);
        using var process = Start(hook, command, variables);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        using var shortening = interruption.Register(() => timeout.CancelAfter(limit < InterruptedLimit ? limit : InterruptedLimit));
        process.StandardInput.Close();
        var output = Task.WhenAll(LogAsync(process.StandardOutput), LogAsync(process.StandardError));
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            await output.WaitAsync(Grace, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TaskException(interruption.IsCancellationRequested && limit > InterruptedLimit
                ? $"{hook} was ended because it took more than the {InterruptedLimit.TotalSeconds:0} seconds that it has after a signal: {command}"
                : $"{hook} was ended because it took more than {limit.TotalSeconds:0} seconds (run_time_limit): {command}");
        }

        // Something that it left in the background may keep its output open.
        await output.WaitAsync(Grace, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (process.ExitCode != 0)
        {
            throw new TaskException($"{hook} ended with exit status {process.ExitCode}: {command}");
        }

        Task LogAsync(StreamReader reader) => HookOutput.ReadAsync(reader, line => logger.HookOutput(hook, line));
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended in the meantime, or a part of it became another user, as by sudo: that can't be ended, and is not waited for.
        }
    }

    private static Process Start(string hook, string command, IEnumerable<KeyValuePair<string, string>> variables)
    {
        var startInfo = new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        startInfo.Environment["BDSYNC_HOOK"] = hook;
        foreach (var (name, value) in variables)
        {
            // A NUL would end the value early.
            startInfo.Environment[name] = (value.Length > MaxValueLength ? value[..MaxValueLength] : value).Replace('\0', ' ');
        }

        try
        {
            return Process.Start(startInfo) ?? throw new InvalidOperationException("No process was started.");
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            throw new TaskException($"{hook} can't be started: {exception.Message}", exception);
        }
    }
}
