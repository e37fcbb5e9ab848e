using System.Globalization;
using System.Runtime.InteropServices;

namespace BdSync.Protocol.Devices;

/// <summary>struct statx (linux/stat.h), which has the same layout on every architecture; only the fields that are needed.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileStatus
{
    [FieldOffset(28)]
    public ushort Mode;

    [FieldOffset(32)]
    public ulong Inode;

    [FieldOffset(40)]
    public ulong Length;

    /// <summary>The device number, where the file is a device.</summary>
    [FieldOffset(128)]
    public uint DeviceMajor;

    [FieldOffset(132)]
    public uint DeviceMinor;

    /// <summary>The device number of the file system that the file is in.</summary>
    [FieldOffset(136)]
    public uint FileSystemMajor;

    [FieldOffset(140)]
    public uint FileSystemMinor;

    private const int TypeMask = 0xF000;

    /// <summary>What the file is, or null where it is nothing that can be synchronised. S_IFMT and its values are those of linux/stat.h; /dev/null is 1:3.</summary>
    public readonly DeviceKind? Kind => (Mode & TypeMask) switch
    {
        0x8000 => DeviceKind.RegularFile,
        0x6000 => DeviceKind.BlockDevice,
        0x2000 when (DeviceMajor, DeviceMinor) == (1, 3) => DeviceKind.Null,
        _ => null,
    };

    /// <summary>Whether two paths lead to the same device or file, whatever they are called.</summary>
    public readonly bool IsSame(FileStatus other) => Kind == DeviceKind.BlockDevice && other.Kind == DeviceKind.BlockDevice
        ? (DeviceMajor, DeviceMinor) == (other.DeviceMajor, other.DeviceMinor)
        : (FileSystemMajor, FileSystemMinor, Inode) == (other.FileSystemMajor, other.FileSystemMinor, other.Inode);

    /// <summary>A text that is the same for all names of a device or file, for as long as the system runs and the file is there.</summary>
    public readonly string Identity => Kind == DeviceKind.BlockDevice
        ? string.Create(CultureInfo.InvariantCulture, $"device {DeviceMajor}:{DeviceMinor}")
        : string.Create(CultureInfo.InvariantCulture, $"file {FileSystemMajor}:{FileSystemMinor} {Inode}");

    /// <summary>What the file is, in words, for messages.</summary>
    public readonly string Description => (Mode & TypeMask) switch
    {
        0x4000 => "a directory",
        0x2000 => "a character device",
        0x1000 => "a named pipe",
        0xC000 => "a socket",
        _ => "a special file",
    };
}
