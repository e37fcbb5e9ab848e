using System.Buffers;

namespace BdSync.Protocol.Tests.Wire;

/// <summary>Bytes in several pieces, as a pipe gives them.</summary>
internal sealed class Segments : ReadOnlySequenceSegment<byte>
{
    private Segments(ReadOnlyMemory<byte> memory, long index)
    {
        Memory = memory;
        RunningIndex = index;
    }

    /// <summary>Cuts bytes into pieces of so many.</summary>
    public static ReadOnlySequence<byte> Cut(ReadOnlyMemory<byte> data, int length)
    {
        var first = new Segments(data[..Math.Min(length, data.Length)], 0);
        var last = first;
        for (var index = length; index < data.Length; index += length)
        {
            var next = new Segments(data.Slice(index, Math.Min(length, data.Length - index)), index);
            last.Next = next;
            last = next;
        }

        return new(first, 0, last, last.Memory.Length);
    }
}
