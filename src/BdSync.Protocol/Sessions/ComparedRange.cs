using System.Buffers;
using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Sessions;

/// <summary>
/// What comparing a block range gave. It owns its data, a rented buffer: whoever takes a result disposes of it, once.
/// </summary>
/// <param name="Range">The blocks.</param>
/// <param name="Differences">What differs, in whole blocks.</param>
/// <param name="Buffer">
/// The local data of the whole range, padded; null where nobody will want it, or where it was too large to keep.
/// </param>
internal sealed record ComparedRange(BlockRange Range, IReadOnlyList<Extent> Differences, byte[]? Buffer) : IDisposable
{
    public void Dispose()
    {
        if (Buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(Buffer);
        }
    }
}
