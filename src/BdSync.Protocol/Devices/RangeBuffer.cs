using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace BdSync.Protocol.Devices;

/// <summary>
/// A buffer for a block range, at an address that direct I/O takes. Rented from a pool: whoever rents one, or is given it, disposes of
/// it once.
/// </summary>
internal sealed class RangeBuffer : IDisposable
{
    /// <summary>The size in bytes: that of the largest block range with more than one block, so that a range has room.</summary>
    public const int Size = 256 * 1024;

    /// <summary>Addresses, offsets and lengths of direct I/O are multiples of this; no device has larger logical blocks.</summary>
    public const int Alignment = 4096;

    private static readonly ConcurrentBag<RangeBuffer> Pool = [];

    private readonly byte[] array = GC.AllocateUninitializedArray<byte>(Size + Alignment, pinned: true);
    private readonly int start;

    private RangeBuffer()
    {
        var address = Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        start = (int)(-address & (Alignment - 1));
    }

    /// <summary>All of it, with whatever was there.</summary>
    public Memory<byte> Memory => array.AsMemory(start, Size);

    /// <inheritdoc cref="Memory"/>
    public Span<byte> Span => array.AsSpan(start, Size);

    public static RangeBuffer Rent() => Pool.TryTake(out var buffer) ? buffer : new();

    public void Dispose() => Pool.Add(this);
}
