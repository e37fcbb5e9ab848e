using BdSync.Protocol.Devices;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>One client whose work several peers share, each at the other end of streams of its own.</summary>
internal static class SharedSession
{
    /// <summary>A client against servers of the library, one per options.</summary>
    public static Task<SessionResult> RunAsync(BdSyncClientOptions options, Device local, string remotePath, params IReadOnlyList<BdSyncServerOptions> servers) =>
        RunAsync(options, local, remotePath, [.. servers.Select(Serve)]);

    /// <summary>A client against any peers.</summary>
    public static async Task<SessionResult> RunAsync(BdSyncClientOptions options, Device local, string remotePath, params IReadOnlyList<Func<StreamPair, Task>> peers)
    {
        var streams = peers.Select(_ => new StreamPair()).ToList();
        var serving = Task.WhenAll(peers.Select((peer, index) => peer(streams[index])));
        using var written = new MemoryStream();
        SyncResult? result = null;
        Exception? error = null;
        try
        {
            result = await new BdSyncClient(options)
                .WritePatchAsync([.. streams.Select(pair => pair.CreateClientTransport())], local, remotePath, written, cancellationToken: TestContext.Current.CancellationToken)
                .WaitAsync(TestSession.Limit, TestContext.Current.CancellationToken);
        }
        catch (BdSyncException exception)
        {
            error = exception;
        }
        finally
        {
            streams.ForEach(pair => pair.CloseClient());
        }

        await serving.WaitAsync(TestSession.Limit, TestContext.Current.CancellationToken);
        return new(written.ToArray(), result, error, null);
    }

    /// <summary>A server of the library; that it fails where its client does is no concern.</summary>
    public static Func<StreamPair, Task> Serve(BdSyncServerOptions options) => async streams =>
    {
        try
        {
            await new BdSyncServer(options).RunAsync(streams.ServerInput, streams.ServerOutput, TestContext.Current.CancellationToken);
        }
        catch (BdSyncException)
        {
            // The client tells.
        }
        finally
        {
            streams.CompleteServer();
        }
    };

    /// <summary>A peer that plays a script and ends.</summary>
    public static Func<StreamPair, Task> Play(params IReadOnlyList<ScriptStep> script) => streams =>
        new ScriptedPeer(streams.ServerInput, streams.ServerOutput, script).RunAsync(streams.CompleteServer, TestContext.Current.CancellationToken);
}
