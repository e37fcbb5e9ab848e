using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BdSync.Protocol.Devices;

/// <summary>
/// Reading and writing past the page cache (O_DIRECT): addresses, offsets and lengths have to be aligned. What isn't goes
/// through a buffer that is.
/// </summary>
internal static class DirectAccess
{
    /// <summary>O_DIRECT (asm/fcntl.h), which differs between architectures.</summary>
    public static int OpenFlag => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x10000 : 0x4000;

    /// <summary>Whether these bytes can be read or written as they are.</summary>
    public static unsafe bool IsAligned(long offset, ReadOnlySpan<byte> data) =>
        ((offset | (long)data.Length | (long)Unsafe.AsPointer(ref MemoryMarshal.GetReference(data))) & (RangeBuffer.Alignment - 1)) == 0;

    /// <summary>Reads some bytes from a handle that was opened with <see cref="OpenFlag"/>.</summary>
    /// <returns>How many; 0 at the end.</returns>
    public static int Read(SafeFileHandle handle, Span<byte> buffer, long offset)
    {
        if (IsAligned(offset, buffer))
        {
            return RandomAccess.Read(handle, buffer, offset);
        }

        using var aligned = RangeBuffer.Rent();
        var skipped = (int)(offset & (RangeBuffer.Alignment - 1));
        var wanted = Math.Min(buffer.Length, RangeBuffer.Size - skipped);
        var length = (skipped + wanted + RangeBuffer.Alignment - 1) & ~(RangeBuffer.Alignment - 1);
        var read = Math.Clamp(RandomAccess.Read(handle, aligned.Span[..length], offset - skipped) - skipped, 0, wanted);
        aligned.Span.Slice(skipped, read).CopyTo(buffer);
        return read;
    }
}
