using System.Globalization;
using System.Runtime.InteropServices;

namespace BdSync.Cli.Output;

/// <summary>What the place can show that text goes to.</summary>
internal static partial class TerminalText
{
    /// <summary>Standard output, and standard error.</summary>
    public const int Output = 1, Error = 2;

    /// <summary>TIOCGWINSZ (asm-generic/ioctls.h).</summary>
    private const nuint GetWindowSize = 0x5413;

    private static readonly string[] LocaleVariables = ["LC_ALL", "LC_CTYPE", "LANG"];

    /// <summary>Whether characters beyond ASCII are shown: what the locale's name says, as locale(7) finds it.</summary>
    public static bool IsUtf8
    {
        get
        {
            var locale = LocaleVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";
            return locale.Replace("-", "", StringComparison.Ordinal).Contains("utf8", StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>How many cells a line has: of the terminal that a descriptor leads to, else as COLUMNS says; null for any number.</summary>
    public static int? GetWidth(int descriptor) =>
        Control(descriptor, GetWindowSize, out var size) == 0 && size.Columns > 0 ? size.Columns
        : int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0 ? columns
        : null;

    /// <summary>Whether a descriptor leads to a terminal.</summary>
    public static bool IsTerminal(int descriptor) => Control(descriptor, GetWindowSize, out _) == 0;

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(int descriptor, nuint request, out WindowSize size);

    /// <summary>struct winsize (asm-generic/termios.h).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct WindowSize
    {
        public readonly ushort Rows;
        public readonly ushort Columns;
        public readonly ushort WidthInPixels;
        public readonly ushort HeightInPixels;
    }
}
