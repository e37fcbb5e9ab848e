using BdSync.Protocol;

namespace BdSync.Lvm;

/// <summary>
/// LVM failed, refused, or is not as it has to be. The message says what was tried and what came of it; where a command ran, it has
/// the command, its exit status and what it printed as an error.
/// </summary>
public sealed class LvmException : BdSyncException
{
    /// <summary>How much of a command's errors a message repeats, in characters; <see cref="ErrorText"/> has all that was kept.</summary>
    private const int MaxShownErrors = 2000;

    /// <summary>Creates the error for something that no single command is to blame for.</summary>
    /// <param name="message">What was found and what was allowed.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public LvmException(string message, Exception? innerException = null)
        : base(BdSyncExitStatus.Device, message, innerException)
    {
    }

    /// <summary>Creates the error for a command.</summary>
    /// <param name="what">What went wrong, as a clause: <c>ended with exit status 5</c>.</param>
    /// <param name="command">The words of the command, without the program.</param>
    /// <param name="result">What came of it, if it ended.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    internal LvmException(string what, IReadOnlyList<string> command, LvmResult? result, Exception? innerException = null)
        : base(BdSyncExitStatus.Device, Describe(what, command, result), innerException)
    {
        Command = string.Join(' ', command);
        CommandExitStatus = result?.ExitStatus;
        ErrorText = result?.Errors ?? "";
    }

    /// <summary>The command that failed, without the program, its words separated by spaces; null where no command is to blame.</summary>
    public string? Command { get; }

    /// <summary>The command's exit status (lvm(8): 5 for a failed command, 3 for wrong words); null where it didn't end by itself.</summary>
    public int? CommandExitStatus { get; }

    /// <summary>What the command printed as an error, or put into its report's log, with the ends of lines; may be empty.</summary>
    public string ErrorText { get; } = "";

    private static string Describe(string what, IReadOnlyList<string> command, LvmResult? result)
    {
        var lines = (result?.Errors ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var errors = string.Join(" / ", lines);
        var shown = errors.Length > MaxShownErrors ? errors[..MaxShownErrors] + "…" : errors;
        return $"The LVM command '{string.Join(' ', command)}' {what}{(shown.Length > 0 ? ": " + shown : ".")}";
    }
}
