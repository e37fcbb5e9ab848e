using System.Collections.Concurrent;
using BdSync.Protocol.Transports;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Connects to servers within the process, over connections that break after so many bytes from the server each; the last ones hold.</summary>
/// <param name="serve">Gives each connection its server; the number is that of the connection.</param>
/// <param name="cuts">How many bytes arrive before each break.</param>
internal sealed class BreakingConnector(Func<int, BdSyncServerOptions> serve, IEnumerable<int> cuts) : TransportConnector
{
    private readonly ConcurrentQueue<int> cuts = new(cuts);
    private int connections;

    /// <summary>How many connections were opened.</summary>
    public int Connections => connections;

    public override Task<Transport> ConnectAsync(CancellationToken cancellationToken = default)
    {
        var number = Interlocked.Increment(ref connections) - 1;
        var streams = new StreamPair();
        var serving = SharedSession.Serve(serve(number))(streams);
        var cut = cuts.TryDequeue(out var length) ? length : long.MaxValue;
        return Task.FromResult<Transport>(new BreakingTransport(streams, new CutStream(streams.ClientInput, cut, withError: number % 2 == 1), serving));
    }

    private sealed class BreakingTransport(StreamPair streams, Stream input, Task serving) : Transport
    {
        public override Stream Input => input;

        public override Stream Output => streams.ClientOutput;

        public override async Task<int> CompleteAsync(CancellationToken cancellationToken = default)
        {
            await serving.WaitAsync(cancellationToken);
            return 0;
        }

        protected override async ValueTask DisposeAsyncCore()
        {
            streams.CloseClient();
            await serving;
        }
    }
}
