using System.Globalization;
using System.Runtime.InteropServices;

namespace BdSync.Cli.Output;

/// <summary>
/// The size of a terminal. .NET's console would say that of standard output as well, but it puts the terminal into another mode
/// for reading keys, and leaves it there.
/// </summary>
internal static partial class TerminalSize
{
    /// <summary>Standard output.</summary>
    public const int Output = 1;

    /// <summary>Standard error.</summary>
    public const int Error = 2;

    /// <summary>TIOCGWINSZ of ioctl_tty(2), on x86-64 and arm64.</summary>
    private const nuint Request = 0x5413;

    /// <summary>Columns and lines, 0 where the terminal doesn't know; null where the descriptor is none.</summary>
    public static (int Width, int Height)? Get(int descriptor)
    {
        // struct winsize: lines, columns, and two numbers of pixels.
        var size = new ushort[4];
        return Control(descriptor, Request, size) == 0 ? (size[1], size[0]) : null;
    }

    /// <summary>How many cells a line has: of the terminal, else as COLUMNS says; null for any number.</summary>
    public static int? GetWidth(int descriptor) =>
        Get(descriptor) is { Width: > 0 and var width } ? width
        : int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0 ? columns
        : null;

    // Variadic in C; on Linux's ABIs integer and pointer arguments are passed the same way.
    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(int descriptor, nuint request, [Out] ushort[] size);
}
