using System.Buffers;
using BdSync.Protocol.Wire;
using BdSync.Protocol.Wire.Messages;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Wire;

/// <summary>The bytes of every message, against what the specification says.</summary>
public class MessageLayoutTests
{
    [Fact]
    public void Hello_is_text() => HasLayout(RawMessage.Hello("SERVER 0.5"), new Hello("SERVER"));

    [Fact]
    public void DevFile_is_text() => HasLayout(RawMessage.DevFile("/dev/vg/näme"), new DevFile("/dev/vg/näme"));

    [Fact]
    public void Size_is_a_number() => HasLayout([9, 0, 0, 0, 3, 8, 7, 6, 5, 4, 3, 2, 1], new Size(0x0102030405060708));

    [Fact]
    public void Digests_is_a_salt_and_two_names() =>
        HasLayout([12, 0, 0, 0, 4, 2, 0xAA, 0xBB, .. "md5\0sm3\0"u8], new Digests(new byte[] { 0xAA, 0xBB }, "md5", "sm3"));

    [Fact]
    public void GetHashes_is_three_numbers() => HasLayout(RawMessage.GetHashes(1, 2, 3), new GetHashes(1, 2, 3));

    [Fact]
    public void Hashes_is_three_numbers_and_digests() => HasLayout(RawMessage.Hashes(1, 2, 3, 9, 9), new Hashes(new(1, 2, 3), new byte[] { 9, 9 }));

    [Fact]
    public void Done_is_empty() => HasLayout([1, 0, 0, 0, 7], default(Done));

    [Fact]
    public void GetBlock_is_two_numbers() => HasLayout(RawMessage.GetBlock(5, 6), new GetBlock(5, 6));

    [Fact]
    public void Block_is_a_number_and_data() => HasLayout(RawMessage.Block(-1, 1, 2), new Block(-1, new byte[] { 1, 2 }));

    [Fact]
    public void GetChecksum_is_empty() => HasLayout([1, 0, 0, 0, 10], default(GetChecksum));

    [Fact]
    public void Checksum_is_a_digest() => HasLayout([3, 0, 0, 0, 11, 4, 5], new Checksum(new byte[] { 4, 5 }));

    [Fact]
    public void A_message_over_the_cap_is_not_written() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Block(0, new byte[WireLimits.MaxBlockLength + 1]).WriteTo(new ArrayBufferWriter<byte>()));

    [Theory]
    [InlineData(16, 8190)]
    [InlineData(20, 6552)]
    [InlineData(32, 4095)]
    [InlineData(64, 2047)]
    public void The_largest_count_is_that_of_the_stock_client(int digestSize, int count)
    {
        Assert.Equal(count, WireLimits.GetMaxHashesCount(digestSize));
        Assert.InRange(1 + WireLimits.HashesHeaderLength + (count * digestSize), 0, WireLimits.MaxMessageLength);
    }

    [Fact]
    public void Role_in_a_log_has_no_control_characters()
    {
        var bytes = RawMessage.Hello("A\e[31mB\n 0.5");
        Assert.Equal("A[31mB", Hello.Read(new(MessageType.Hello, new(bytes.AsMemory(5)))).Role);
    }

    private static void HasLayout(byte[] expected, IMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        message.WriteTo(output);
        Assert.Equal(expected, output.WrittenSpan.ToArray());
    }
}
