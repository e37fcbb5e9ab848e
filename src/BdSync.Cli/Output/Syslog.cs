using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Output;

/// <summary>The system's log. Where there is none (no /dev/log), messages are lost quietly: that is what syslog(3) does.</summary>
internal static partial class Syslog
{
    /// <summary>In characters, of a message: two paths and what is said of them. What syslogd takes is up to its configuration, often 8 KiB.</summary>
    private const int MaxLength = 8192;

    private const int LogPid = 0x01;
    private const int FacilityDaemon = 3 << 3;
    private const int PriorityError = 3;
    private const int PriorityWarning = 4;
    private const int PriorityInformation = 6;
    private const int PriorityDebug = 7;

    // syslog keeps the pointer, so this is never freed.
    private static readonly nint Identity = Marshal.StringToCoTaskMemUTF8("bdsync");

    private static bool opened;

    /// <summary>Writes a message. What does not print is shown by its number: one message is one line.</summary>
    public static void Write(LogLevel level, string message)
    {
        if (!opened)
        {
            OpenLog(Identity, LogPid, FacilityDaemon);
            opened = true;
        }

        var priority = level switch
        {
            >= LogLevel.Error => PriorityError,
            LogLevel.Warning => PriorityWarning,
            LogLevel.Information => PriorityInformation,
            _ => PriorityDebug,
        };
        WriteLog(priority, "%s", PrintableText.From(message, maxLength: MaxLength));
    }

    [LibraryImport("libc", EntryPoint = "openlog")]
    private static partial void OpenLog(nint identity, int option, int facility);

    // Variadic in C; on Linux's ABIs integer and pointer arguments are passed the same way.
    [LibraryImport("libc", EntryPoint = "syslog", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void WriteLog(int priority, string format, string message);
}
