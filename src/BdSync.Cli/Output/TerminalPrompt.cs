using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace BdSync.Cli.Output;

/// <summary>Asks the user at the terminal, wherever standard input, output and error go.</summary>
internal static partial class TerminalPrompt
{
    private const string Terminal = "/dev/tty";

    /// <summary>Room for a struct termios (60 bytes on Linux), and more.</summary>
    private const int SettingsLength = 256;

    /// <summary>Where c_lflag is in it: behind c_iflag, c_oflag and c_cflag, 4 bytes each.</summary>
    private const int LocalFlagsOffset = 12;

    /// <summary>ECHO of termios(3).</summary>
    private const uint Echo = 8;

    private const int Now = 0;
    private const int MaxAnswerLength = 1024;

    /// <summary>Asks for a secret; it isn't shown.</summary>
    /// <param name="question">What to show.</param>
    /// <returns>The answer; null where there is no terminal, or where the user gave up (Ctrl-D).</returns>
    public static string? AskSecret(string question)
    {
        try
        {
            using var terminal = new FileStream(Terminal, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            var descriptor = (int)terminal.SafeFileHandle.DangerousGetHandle();
            var shown = new byte[SettingsLength];
            if (GetSettings(descriptor, shown) != 0)
            {
                return null;
            }

            var hidden = shown.ToArray();
            var flags = hidden.AsSpan(LocalFlagsOffset);
            BinaryPrimitives.WriteUInt32LittleEndian(flags, BinaryPrimitives.ReadUInt32LittleEndian(flags) & ~Echo);

            // Ctrl-C ends the program while this still reads.
            EventHandler restore = (_, _) => SetSettings(descriptor, Now, shown);
            AppDomain.CurrentDomain.ProcessExit += restore;
            try
            {
                SetSettings(descriptor, Now, hidden);
                terminal.Write(Encoding.UTF8.GetBytes(question));
                return ReadLine(terminal);
            }
            finally
            {
                SetSettings(descriptor, Now, shown);
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

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetSettings(int descriptor, [Out] byte[] settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetSettings(int descriptor, int when, byte[] settings);
}
