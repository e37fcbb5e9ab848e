using System.Buffers;

namespace BdSync.Protocol.Wire.Messages;

/// <summary>The client asks for the digests of consecutive blocks, or gives a hint where the count is 0.</summary>
/// <param name="Start">The offset of the first block in bytes.</param>
/// <param name="Step">The size of a block in bytes; for a hint, which one.</param>
/// <param name="Count">The number of blocks; 0 for a hint.</param>
internal readonly record struct GetHashes(long Start, long Step, long Count) : IMessage
{
    /// <summary>Hint: drop the page cache behind every read from now on.</summary>
    public const long FlushCache = 0;

    /// <summary>Hint: the cache up to <see cref="Start"/> is no longer needed.</summary>
    public const long RelPos = 1;

    public bool IsHint => Count == 0;

    // i64 start, i64 step, i64 count
    public static GetHashes Read(Frame frame)
    {
        var reader = new MessageReader(frame);
        var message = new GetHashes(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        reader.ReadEnd();
        return message;
    }

    public void WriteTo(IBufferWriter<byte> output)
    {
        output.WriteHeader(MessageType.GetHashes, 3 * sizeof(long));
        output.WriteInt64(Start);
        output.WriteInt64(Step);
        output.WriteInt64(Count);
    }
}
