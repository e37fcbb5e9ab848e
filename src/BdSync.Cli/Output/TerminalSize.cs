using System.Runtime.InteropServices;

namespace BdSync.Cli.Output;

/// <summary>
/// The size of the terminal that standard output goes to. .NET's console would say it as well, but it puts the terminal into another mode
/// for reading keys, and leaves it there.
/// </summary>
internal static partial class TerminalSize
{
    private const int Descriptor = 1;

    /// <summary>TIOCGWINSZ of ioctl_tty(2).</summary>
    private const nuint Request = 0x5413;

    /// <summary>Columns and lines, 0 where the terminal doesn't know; null where it is no terminal.</summary>
    public static (int Width, int Height)? Get()
    {
        // struct winsize: lines, columns, and two numbers of pixels.
        var size = new ushort[4];
        return Control(Descriptor, Request, size) == 0 ? (size[1], size[0]) : null;
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(int descriptor, nuint request, [Out] ushort[] size);
}
