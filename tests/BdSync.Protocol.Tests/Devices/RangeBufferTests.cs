using BdSync.Protocol.Devices;
using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Tests.Devices;

/// <summary>Buffers for block ranges. Devices know nothing of planning, so that the sizes agree is held here.</summary>
public class RangeBufferTests
{
    [Fact]
    public void A_buffer_has_room_for_the_largest_range_of_several_blocks_and_no_more() => Assert.Equal(BlockPlanner.MaxRangeLength, RangeBuffer.Size);

    [Fact]
    public unsafe void A_buffer_lies_where_direct_access_can_use_it()
    {
        using var buffer = RangeBuffer.Rent();
        fixed (byte* address = buffer.Span)
        {
            Assert.Equal(0, (long)address % RangeBuffer.Alignment);
        }

        Assert.Equal((RangeBuffer.Size, RangeBuffer.Size), (buffer.Span.Length, buffer.Memory.Length));
        Assert.Equal(0, RangeBuffer.Size % RangeBuffer.Alignment);
    }
}
