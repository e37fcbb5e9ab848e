using System.Text;

namespace BdSync.Cli.Output;

/// <summary>Asks the user at the terminal, wherever standard input, output and error go.</summary>
internal static class TerminalPrompt
{
    private const string Terminal = "/dev/tty";

    private const int MaxAnswerLength = 1024;

    /// <summary>Asks for a secret; it isn't shown.</summary>
    /// <param name="question">What to show.</param>
    /// <returns>The answer; null where there is no terminal, or where the user gave up (Ctrl-D).</returns>
    public static string? AskSecret(string question)
    {
        using var pause = StandardError.View?.Pause();
        try
        {
            using var terminal = new FileStream(Terminal, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            var descriptor = (int)terminal.SafeFileHandle.DangerousGetHandle();
            if (TerminalSettings.Get(descriptor) is not { } shown)
            {
                return null;
            }

            // Ctrl-C ends the program while this still reads.
            EventHandler restore = (_, _) => shown.Set(descriptor);
            AppDomain.CurrentDomain.ProcessExit += restore;
            try
            {
                shown.WithoutEcho().Set(descriptor);
                terminal.Write(Encoding.UTF8.GetBytes(question));
                return ReadLine(terminal);
            }
            finally
            {
                shown.Set(descriptor);
                AppDomain.CurrentDomain.ProcessExit -= restore;
                terminal.Write("\n"u8);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? ReadLine(FileStream terminal)
    {
        var answer = new byte[MaxAnswerLength];
        var length = 0;
        while (length < answer.Length)
        {
            var read = terminal.Read(answer, length, answer.Length - length);
            length += read;
            if (read == 0 || answer[length - 1] == '\n')
            {
                break;
            }
        }

        return length == 0 ? null : Encoding.UTF8.GetString(answer, 0, length).TrimEnd('\n', '\r');
    }
}
