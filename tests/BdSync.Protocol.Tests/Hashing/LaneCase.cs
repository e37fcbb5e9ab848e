namespace BdSync.Protocol.Tests.Hashing;

/// <summary>Blocks to be hashed, some of them zero.</summary>
public sealed record LaneCase(int BlockSize, int Count, int SaltLength, int Seed)
{
    public byte[] CreateSalt() => Fill(SaltLength, Seed + 1);

    /// <summary>The blocks, one behind the other; about every fourth one is zero, and sometimes all are.</summary>
    public byte[] CreateBlocks()
    {
        var random = new Random(Seed);
        var data = Fill(BlockSize * Count, Seed);
        var zeroShare = random.Next(5) == 0 ? 1 : 0.25;
        for (var index = 0; index < Count; index++)
        {
            if (random.NextDouble() < zeroShare)
            {
                data.AsSpan(index * BlockSize, BlockSize).Clear();
            }
        }

        return data;
    }

    private static byte[] Fill(int length, int seed)
    {
        var data = new byte[length];
        new Random(seed).NextBytes(data);
        return data;
    }
}
