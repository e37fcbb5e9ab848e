using System.Buffers.Binary;

namespace BdSync.TestUtilities;

/// <summary>
/// Plays a server or a client from a script: waits for messages and sends bytes, right or wrong ones. It knows the framing and
/// nothing else.
/// </summary>
public sealed class ScriptedPeer(Stream input, Stream output, params IReadOnlyList<ScriptStep> steps)
{
    private readonly List<byte[]> received = [];

    /// <summary>All messages that came, each with its length in front.</summary>
    public IReadOnlyList<byte[]> Received => received;

    /// <summary>Plays the script, then reads until the other side ends.</summary>
    /// <param name="ended">Called when the script has been played: usually closes the peer's output. Null leaves the other side waiting.</param>
    /// <param name="cancellationToken">Ends the play.</param>
    public async Task RunAsync(Action? ended, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            if (step.Awaited is { } token && !await AwaitAsync(token, cancellationToken))
            {
                break;
            }

            await output.WriteAsync(step.Answer, cancellationToken);
            await output.FlushAsync(cancellationToken);
        }

        ended?.Invoke();
        while (await ReadAsync(cancellationToken) is not null)
        {
            // What the other side sends must not stay in the way.
        }
    }

    private async Task<bool> AwaitAsync(byte token, CancellationToken cancellationToken)
    {
        while (await ReadAsync(cancellationToken) is { } message)
        {
            if (message[4] == token)
            {
                return true;
            }
        }

        return false;
    }

    private async Task<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        var length = new byte[4];
        if (await input.ReadAtLeastAsync(length, 4, throwOnEndOfStream: false, cancellationToken) < 4)
        {
            return null;
        }

        var message = new byte[4 + BinaryPrimitives.ReadInt32LittleEndian(length)];
        length.CopyTo(message, 0);
        if (await input.ReadAtLeastAsync(message.AsMemory(4), message.Length - 4, throwOnEndOfStream: false, cancellationToken) < message.Length - 4)
        {
            return null;
        }

        received.Add(message);
        return message;
    }
}
