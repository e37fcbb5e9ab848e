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

    /// <summary>Reads some bytes from a handle that was opened with <see cref="OpenFlag"/>.</summary>
    /// <returns>How many; 0 at the end.</returns>
    public static unsafe int Read(SafeFileHandle handle, Span<byte> buffer, long offset)
    {
        // Pinned, so that what is aligned stays so.
        fixed (byte* address = buffer)
        {
            if (IsAligned(offset, address, buffer.Length))
            {
                return RandomAccess.Read(handle, buffer, offset);
            }
        }

        using var aligned = RangeBuffer.Rent();
        var skipped = (int)(offset & (RangeBuffer.Alignment - 1));
        var wanted = Math.Min(buffer.Length, RangeBuffer.Size - skipped);
        var length = (skipped + wanted + RangeBuffer.Alignment - 1) & ~(RangeBuffer.Alignment - 1);
        var read = Math.Clamp(RandomAccess.Read(handle, aligned.Span[..length], offset - skipped) - skipped, 0, wanted);
        aligned.Span.Slice(skipped, read).CopyTo(buffer);
        return read;
    }

    /// <summary>Writes bytes past the page cache where they are aligned, else through it: the kernel keeps both ways consistent.</summary>
    /// <param name="handle">A handle that was opened with <see cref="OpenFlag"/>.</param>
    /// <param name="cachedHandle">One that was opened without.</param>
    /// <param name="data">The bytes.</param>
    /// <param name="offset">Where they go, in bytes.</param>
    public static unsafe void Write(SafeFileHandle handle, SafeFileHandle cachedHandle, ReadOnlySpan<byte> data, long offset)
    {
        fixed (byte* address = data)
        {
            RandomAccess.Write(IsAligned(offset, address, data.Length) ? handle : cachedHandle, data, offset);
        }
    }

    private static unsafe bool IsAligned(long offset, byte* address, int length) =>
        ((offset | (long)length | (long)address) & (RangeBuffer.Alignment - 1)) == 0;
}
