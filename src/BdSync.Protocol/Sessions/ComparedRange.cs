using BdSync.Protocol.Devices;
using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Sessions;

/// <summary>
/// What comparing a block range gave. It owns its buffer: whoever takes a result disposes of it, once.
/// </summary>
/// <param name="Range">The blocks.</param>
/// <param name="Differences">What differs, in whole blocks.</param>
/// <param name="Buffer">
/// The source's data of the whole range, padded; null where nobody will want it, or where it was too large to keep.
/// </param>
internal sealed record ComparedRange(BlockRange Range, IReadOnlyList<Extent> Differences, RangeBuffer? Buffer) : IDisposable
{
    /// <summary>The source's data, where it was kept.</summary>
    public ReadOnlyMemory<byte>? Data => Buffer?.Memory[..(int)Range.Length];

    public void Dispose() => Buffer?.Dispose();
}
