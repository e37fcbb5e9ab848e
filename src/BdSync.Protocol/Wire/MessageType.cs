namespace BdSync.Protocol.Wire;

/// <summary>The token of a message: its first byte.</summary>
internal enum MessageType : byte
{
    Hello = 1,
    DevFile = 2,
    Size = 3,
    Digests = 4,
    GetHashes = 5,
    Hashes = 6,
    Done = 7,
    GetBlock = 8,
    Block = 9,
    GetChecksum = 10,
    Checksum = 11,
}
