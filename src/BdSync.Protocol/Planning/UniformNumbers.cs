using System.Buffers.Binary;
using System.Security.Cryptography;

namespace BdSync.Protocol.Planning;

/// <summary>Random numbers between 0 and 1, of 52 bits each; neither end is among them. Not safe for several threads.</summary>
/// <param name="source">Where randomness comes from; null for the system's generator.</param>
internal sealed class UniformNumbers(RandomNumberGenerator? source)
{
    private readonly byte[] buffer = new byte[512];
    private int position = 512;

    /// <summary>Draws one.</summary>
    /// <exception cref="BdSyncException">The system gives none.</exception>
    public double Next()
    {
        if (position == buffer.Length)
        {
            Fill();
        }

        var bits = BinaryPrimitives.ReadUInt64LittleEndian(buffer.AsSpan(position)) >> 12;
        position += sizeof(ulong);
        return (bits + 0.5) / (1UL << 52);
    }

    private void Fill()
    {
        try
        {
            if (source is null)
            {
                RandomNumberGenerator.Fill(buffer);
            }
            else
            {
                source.GetBytes(buffer);
            }

            position = 0;
        }
        catch (CryptographicException exception)
        {
            throw new BdSyncException(BdSyncExitStatus.Randomness, $"The system gives no random numbers for the choice of blocks: {exception.Message}", exception);
        }
    }
}
