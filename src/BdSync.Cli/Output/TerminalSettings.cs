using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BdSync.Cli.Output;

/// <summary>How a terminal is set (termios(3)). Immutable.</summary>
internal sealed partial class TerminalSettings
{
    /// <summary>Room for a struct termios (60 bytes on Linux), and more.</summary>
    private const int Length = 256;

    /// <summary>Where c_lflag is in it: behind c_iflag, c_oflag and c_cflag, 4 bytes each.</summary>
    private const int LocalFlagsOffset = 12;

    /// <summary>ECHO of termios(3).</summary>
    private const uint Echo = 8;

    private const int Now = 0;

    private readonly byte[] settings;

    private TerminalSettings(byte[] settings) => this.settings = settings;

    /// <summary>Whether what is typed is shown.</summary>
    public bool HasEcho => (LocalFlags & Echo) != 0;

    private uint LocalFlags => BinaryPrimitives.ReadUInt32LittleEndian(settings.AsSpan(LocalFlagsOffset));

    /// <summary>Gets a terminal's settings.</summary>
    /// <returns>They; null where the descriptor is no terminal.</returns>
    public static TerminalSettings? Get(int descriptor)
    {
        var settings = new byte[Length];
        return GetSettings(descriptor, settings) == 0 ? new(settings) : null;
    }

    /// <summary>The same, without showing what is typed.</summary>
    public TerminalSettings WithoutEcho()
    {
        var hidden = settings.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(hidden.AsSpan(LocalFlagsOffset), LocalFlags & ~Echo);
        return new(hidden);
    }

    /// <summary>Sets a terminal so.</summary>
    public void Set(int descriptor) => SetSettings(descriptor, Now, settings);

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetSettings(int descriptor, [Out] byte[] settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetSettings(int descriptor, int when, byte[] settings);
}
