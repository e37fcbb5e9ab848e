using System.Buffers;
using BdSync.Protocol.Wire;
using BdSync.Protocol.Wire.Messages;
using BdSync.TestUtilities;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Wire;

/// <summary>What holds for any message.</summary>
public class MessageProperties
{
    [Property(MaxTest = 500)]
    public Property Message_survives_write_read_write() => Prop.ForAll(WireGenerators.Messages(), Arb.From(Gen.Choose(1, 50)), (message, length) =>
    {
        var bytes = Write(message);
        var whole = ReadBack(message, new ReadOnlySequence<byte>(bytes));
        var inPieces = ReadBack(message, Segments.Cut(bytes, length));
        Assert.Equal(bytes, Write(whole));
        Assert.Equal(bytes, Write(inPieces));
    });

    [Property(MaxTest = 200)]
    public Property Frames_are_cut_wherever_the_stream_pauses() =>
        Prop.ForAll(Arb.From(Gen.NonEmptyListOf(WireGenerators.Messages().Generator)), Arb.From(Gen.Choose(1, 100)), async (messages, portion) =>
        {
            var bytes = messages.Select(Write).ToList();
            var reader = new FrameReader(new ForwardOnlyStream(RawMessage.Join(bytes), portion));
            foreach (var expected in bytes)
            {
                var frame = await reader.ReadAsync(TestContext.Current.CancellationToken);
                Assert.Equal(expected[4], (byte)frame!.Value.Type);
                Assert.Equal(expected[5..], frame.Value.Payload.ToArray());
            }

            Assert.Null(await reader.ReadAsync(TestContext.Current.CancellationToken));
        });

    private static byte[] Write(IMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        message.WriteTo(output);
        var bytes = output.WrittenSpan.ToArray();
        Assert.Equal(bytes.Length - 4, BitConverter.ToInt32(bytes));
        return bytes;
    }

    private static IMessage ReadBack(IMessage message, ReadOnlySequence<byte> bytes)
    {
        var frame = new Frame((MessageType)bytes.Slice(4).FirstSpan[0], bytes.Slice(5));
        switch (message)
        {
            case Hashes hashes:
                var digests = new byte[hashes.Digests.Length];
                Hashes.Read(frame, hashes.Request, digests);
                return hashes with { Digests = digests };
            case Block block:
                var data = new byte[block.Data.Length];
                Block.Read(frame, new(block.Position, data.Length), data);
                return block with { Data = data };
            case Checksum checksum:
                var digest = new byte[checksum.Digest.Length];
                Checksum.Read(frame, digest);
                return new Checksum(digest);
            default:
                return Read(frame);
        }
    }

    private static IMessage Read(Frame frame) => frame.Type switch
    {
        MessageType.Hello => Hello.Read(frame),
        MessageType.DevFile => DevFile.Read(frame),
        MessageType.Size => Size.Read(frame),
        MessageType.Digests => Digests.Read(frame),
        MessageType.GetHashes => GetHashes.Read(frame),
        MessageType.Done => Done.Read(frame),
        MessageType.GetBlock => GetBlock.Read(frame),
        MessageType.GetChecksum => GetChecksum.Read(frame),
        _ => throw new InvalidOperationException($"{frame.Type} has a reader of its own."),
    };
}
