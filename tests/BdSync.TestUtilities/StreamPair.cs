using System.IO.Pipelines;
using BdSync.Protocol.Transports;

namespace BdSync.TestUtilities;

/// <summary>A client and a server in one process, joined by two pipes of a limited size, as processes are by those of the system.</summary>
public sealed class StreamPair
{
    private readonly Pipe toServer;
    private readonly Pipe toClient;

    /// <summary>Creates both directions.</summary>
    /// <param name="capacity">How many bytes may wait in each of them before a writer has to.</param>
    public StreamPair(int capacity = 64 * 1024)
    {
        var options = new PipeOptions(pauseWriterThreshold: capacity, resumeWriterThreshold: (capacity + 1) / 2, useSynchronizationContext: false);
        toServer = new(options);
        toClient = new(options);
        ClientInput = toClient.Reader.AsStream();
        ClientOutput = toServer.Writer.AsStream();
        ServerInput = toServer.Reader.AsStream();
        ServerOutput = toClient.Writer.AsStream();
    }

    /// <summary>What the client reads.</summary>
    public Stream ClientInput { get; }

    /// <summary>What the client writes to.</summary>
    public Stream ClientOutput { get; }

    /// <summary>What the server reads.</summary>
    public Stream ServerInput { get; }

    /// <summary>What the server writes to.</summary>
    public Stream ServerOutput { get; }

    /// <summary>The client's end, for a client.</summary>
    public Transport CreateClientTransport() => new StreamTransport(ClientInput, ClientOutput);

    /// <summary>The client writes no more: the server sees the end. What the server writes still waits for a reader.</summary>
    public void CompleteClient() => toServer.Writer.Complete();

    /// <summary>The client is gone: the server sees the end, and what it still writes goes nowhere.</summary>
    public void CloseClient()
    {
        CompleteClient();
        toClient.Reader.Complete();
    }

    /// <summary>The server writes no more: the client sees the end. What the client writes still waits for a reader.</summary>
    public void CompleteServer() => toClient.Writer.Complete();
}
