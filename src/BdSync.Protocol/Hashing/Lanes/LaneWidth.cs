namespace BdSync.Protocol.Hashing.Lanes;

/// <summary>The width of the vectors that blocks are hashed in.</summary>
internal enum LaneWidth
{
    /// <summary>No lanes: one block after the other.</summary>
    None = 0,

    /// <summary>4 blocks a vector: SSE2, AdvSimd.</summary>
    Bits128 = 128,

    /// <summary>8 blocks a vector: AVX2.</summary>
    Bits256 = 256,

    /// <summary>16 blocks a vector: AVX-512.</summary>
    Bits512 = 512,
}
