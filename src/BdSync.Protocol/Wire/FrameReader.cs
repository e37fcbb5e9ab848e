using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Pipelines;

namespace BdSync.Protocol.Wire;

/// <summary>Cuts a stream into messages. Memory is bounded by the largest message. One caller at a time.</summary>
internal sealed class FrameReader(Stream stream)
{
    private readonly PipeReader input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
    private SequencePosition? consumed;
    private long lastHeard = Stopwatch.GetTimestamp();

    /// <summary>When the last bytes came, as <see cref="Stopwatch.GetTimestamp"/> has it. For any thread.</summary>
    public long LastHeard => Volatile.Read(ref lastHeard);

    /// <summary>Reads the next message.</summary>
    /// <returns>The message, valid until the next call; null where the stream ends between two messages.</returns>
    /// <exception cref="ProtocolException">The length is 0 or over the cap.</exception>
    /// <exception cref="TransportException">The stream ends within a message or gives an error.</exception>
    public async ValueTask<Frame?> ReadAsync(CancellationToken cancellationToken)
    {
        if (consumed is { } position)
        {
            consumed = null;
            input.AdvanceTo(position);
        }

        var header = await ReadAtLeastAsync(WireLimits.LengthSize, cancellationToken).ConfigureAwait(false);
        if (header.IsEmpty)
        {
            return null;
        }

        var length = ParseLength(header);
        input.AdvanceTo(header.Start);
        var message = await ReadAtLeastAsync(WireLimits.LengthSize + length, cancellationToken).ConfigureAwait(false);
        var payload = message.Slice(WireLimits.LengthSize + 1, length - 1);
        var type = (MessageType)message.Slice(WireLimits.LengthSize).FirstSpan[0];
        consumed = payload.End;
        return new(type, payload);
    }

    private static int ParseLength(ReadOnlySequence<byte> header)
    {
        Span<byte> bytes = stackalloc byte[WireLimits.LengthSize];
        header.Slice(0, bytes.Length).CopyTo(bytes);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return length is >= 1 and <= WireLimits.MaxMessageLength
            ? (int)length
            : throw new ProtocolException(
                length == 0 ? BdSyncExitStatus.Protocol : BdSyncExitStatus.Read,
                $"The peer announced a message of {length} bytes; 1 to {WireLimits.MaxMessageLength} are allowed.{(IsText(bytes) ? " It looks like text: a remote shell has to be silent." : "")}");
    }

    private static bool IsText(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~');

    private async ValueTask<ReadOnlySequence<byte>> ReadAtLeastAsync(int length, CancellationToken cancellationToken)
    {
        ReadResult result;
        try
        {
            while (true)
            {
                // WaitAsync: a read from a pipe of another process can't be cancelled, only left behind.
                var reading = input.ReadAsync(cancellationToken);
                result = reading.IsCompletedSuccessfully ? reading.Result : await reading.AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
                Volatile.Write(ref lastHeard, Stopwatch.GetTimestamp());
                if (result.IsCompleted || result.Buffer.Length >= length)
                {
                    break;
                }

                input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            throw new TransportException(BdSyncExitStatus.Read, $"Reading from the peer failed: {exception.Message}", exception);
        }

        var received = result.Buffer.Length;
        return received >= length || received == 0
            ? result.Buffer
            : throw new TransportException(BdSyncExitStatus.Read, $"The peer ended within a message: {received} of {length} bytes arrived.");
    }
}
