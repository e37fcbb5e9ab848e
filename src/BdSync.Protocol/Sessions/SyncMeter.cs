namespace BdSync.Protocol.Sessions;

/// <summary>Counts what a comparison costs. Safe for several threads.</summary>
internal sealed class SyncMeter
{
    private long localBytesRead;
    private long remoteBytesRead;
    private long localBytesHashed;
    private long remoteBytesHashed;
    private long bytesSent;
    private long bytesReceived;
    private long reconnections;

    public SyncStatistics Statistics => new()
    {
        LocalBytesRead = Interlocked.Read(ref localBytesRead),
        RemoteBytesRead = Interlocked.Read(ref remoteBytesRead),
        LocalBytesHashed = Interlocked.Read(ref localBytesHashed),
        RemoteBytesHashed = Interlocked.Read(ref remoteBytesHashed),
        BytesSent = Interlocked.Read(ref bytesSent),
        BytesReceived = Interlocked.Read(ref bytesReceived),
        Reconnections = Interlocked.Read(ref reconnections),
    };

    public void AddRead(long bytes, bool isLocal)
    {
        Interlocked.Add(ref isLocal ? ref localBytesRead : ref remoteBytesRead, bytes);
        Telemetry.AddRead(bytes, isLocal);
    }

    public void AddHashed(long bytes, bool isLocal)
    {
        Interlocked.Add(ref isLocal ? ref localBytesHashed : ref remoteBytesHashed, bytes);
        Telemetry.AddHashed(bytes, isLocal);
    }

    public void AddTransferred(long bytes, bool isSent)
    {
        Interlocked.Add(ref isSent ? ref bytesSent : ref bytesReceived, bytes);
        Telemetry.AddTransferred(bytes, isSent);
    }

    public void AddReconnection() => Interlocked.Increment(ref reconnections);
}
