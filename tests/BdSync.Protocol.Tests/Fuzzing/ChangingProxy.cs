using System.Buffers.Binary;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Fuzzing;

/// <summary>
/// Stands between a client and a real server and changes one byte of one answer. It leaves lengths alone: each request still
/// gets one answer, so that nobody waits for more.
/// </summary>
internal sealed class ChangingProxy(int message, int position)
{
    private const byte Size = 3;

    /// <summary>Serves the other end of a client's streams.</summary>
    public async Task<Exception?> ServeAsync(BdSyncServerOptions options, StreamPair front, CancellationToken cancellationToken)
    {
        var back = new StreamPair();
        var answers = PassAnswersAsync(back.ClientInput, front, cancellationToken);
        try
        {
            await new BdSyncServer(options).RunAsync(front.ServerInput, back.ServerOutput, cancellationToken);
            return null;
        }
        catch (BdSyncException exception)
        {
            return exception;
        }
        finally
        {
            back.CompleteServer();
            await answers;
        }
    }

    private async Task PassAnswersAsync(Stream input, StreamPair front, CancellationToken cancellationToken)
    {
        var header = new byte[4];
        for (var index = 0; await input.ReadAtLeastAsync(header, 4, throwOnEndOfStream: false, cancellationToken) == 4; index++)
        {
            var body = new byte[BinaryPrimitives.ReadInt32LittleEndian(header)];
            await input.ReadExactlyAsync(body, cancellationToken);
            if (index == message)
            {
                // The higher bytes of a size would be an order for an endless comparison, which is no fault of the client's.
                var length = body[0] == Size ? 3 : body.Length;
                body[position % length] ^= (byte)(1 << (position % 7));
            }

            await front.ServerOutput.WriteAsync(header, cancellationToken);
            await front.ServerOutput.WriteAsync(body, cancellationToken);
        }

        front.CompleteServer();
    }
}
