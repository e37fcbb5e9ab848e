using System.Runtime.InteropServices;

namespace BdSync.Cli.Restriction;

/// <summary>struct open_how (linux/openat2.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OpenHow
{
    /// <summary>O_PATH | O_CLOEXEC | O_NOFOLLOW, and O_DIRECTORY (asm-generic/fcntl.h): for looking at, not for reading.</summary>
    public const ulong Location = 0x200000 | 0x80000;

    /// <summary>RESOLVE_NO_XDEV, RESOLVE_NO_MAGICLINKS, RESOLVE_NO_SYMLINKS and RESOLVE_BENEATH (linux/openat2.h).</summary>
    public const ulong NoOtherFileSystem = 1, NoMagicLinks = 2, NoLinks = 4, Beneath = 8;

    public ulong Flags;
    public ulong Mode;
    public ulong Resolve;
}
