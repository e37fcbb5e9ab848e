namespace BdSync.Protocol;

/// <summary>What a comparison has cost, in bytes where nothing else is said.</summary>
public readonly record struct SyncStatistics
{
    /// <summary>What was read from the local device. Holes that are known without reading don't count.</summary>
    public long LocalBytesRead { get; init; }

    /// <summary>What the other side had to read for the answers that came; where both devices are of this machine, what was read from the remote one. What its server reads more for itself, or again after a cut, is not known here.</summary>
    public long RemoteBytesRead { get; init; }

    /// <summary>What was hashed here: whole blocks, with their padding. 0 where both devices are of this machine, which are compared byte by byte.</summary>
    public long LocalBytesHashed { get; init; }

    /// <summary>What the other side has hashed.</summary>
    public long RemoteBytesHashed { get; init; }

    /// <summary>What was sent to the servers, as messages of the protocol; what ssh puts around them doesn't count.</summary>
    public long BytesSent { get; init; }

    /// <summary>What came from the servers, likewise.</summary>
    public long BytesReceived { get; init; }

    /// <summary>How often a connection broke, or could not be opened, and was tried to be opened again: a number, of all channels together.</summary>
    public long Reconnections { get; init; }
}
