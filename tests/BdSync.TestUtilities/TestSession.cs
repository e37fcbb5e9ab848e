using BdSync.Protocol;
using BdSync.Protocol.Devices;

namespace BdSync.TestUtilities;

/// <summary>Runs sessions within the process, and ends both sides whatever happens to one.</summary>
public static class TestSession
{
    /// <summary>How long any session of a test may take: far more than it does, so that only one that hangs fails.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>A client against a server of the library.</summary>
    public static async Task<SessionResult> RunAsync(
        BdSyncClientOptions clientOptions, Device local, BdSyncServerOptions serverOptions, string remotePath = "remote", IProgress<SyncProgress>? progress = null, Stream? patch = null, CancellationToken cancellationToken = default)
    {
        var streams = new StreamPair();
        var serving = CatchAsync(
            () => new BdSyncServer(serverOptions).RunAsync(streams.ServerInput, streams.ServerOutput, cancellationToken), streams.CompleteServer);
        return await RunClientAsync(new BdSyncClient(clientOptions), streams, local, serving, remotePath, progress, patch, cancellationToken);
    }

    /// <summary>A client against a script; the server's end is closed when the script has been played.</summary>
    public static Task<SessionResult> RunAgainstScriptAsync(
        BdSyncClientOptions clientOptions, Device local, IReadOnlyList<ScriptStep> script, CancellationToken cancellationToken = default)
    {
        var streams = new StreamPair();
        var peer = new ScriptedPeer(streams.ServerInput, streams.ServerOutput, script);
        var serving = CatchAsync(() => peer.RunAsync(streams.CompleteServer, cancellationToken), () => { });
        return RunClientAsync(new BdSyncClient(clientOptions), streams, local, serving, "remote", null, null, cancellationToken);
    }

    /// <summary>A client against whatever serves the other end of the streams.</summary>
    public static async Task<SessionResult> RunClientAsync(
        BdSyncClient client, StreamPair streams, Device local, Task<Exception?> serving, string remotePath, IProgress<SyncProgress>? progress, Stream? patch, CancellationToken cancellationToken)
    {
        using var written = new MemoryStream();
        SyncResult? result = null;
        await using var transport = streams.CreateClientTransport();
        var clientError = await CatchAsync(
            async () => result = await client.WritePatchAsync(transport, local, remotePath, patch ?? written, progress, cancellationToken).WaitAsync(Limit, cancellationToken),
            streams.CloseClient);
        var serverError = await serving.WaitAsync(Limit, CancellationToken.None);
        return new(written.ToArray(), result, clientError, serverError);
    }

    /// <summary>A server that is sent these bytes and then the end.</summary>
    /// <returns>What it answered, and why it failed, if it did.</returns>
    public static async Task<(byte[] Answer, Exception? Error)> RunServerAsync(BdSyncServerOptions options, byte[] input, CancellationToken cancellationToken = default)
    {
        using var answer = new MemoryStream();
        var error = await CatchAsync(
            () => new BdSyncServer(options).RunAsync(new MemoryStream(input), answer, cancellationToken).WaitAsync(Limit, CancellationToken.None), () => { });
        return (answer.ToArray(), error);
    }

    /// <summary>Options of a server that serves copies of these bytes, whatever name is asked for.</summary>
    public static BdSyncServerOptions Serve(byte[] content) => new() { OpenDevice = path => new MemoryDevice(content, path) };

    private static async Task<Exception?> CatchAsync(Func<Task> run, Action ended)
    {
        try
        {
            await run();
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
        finally
        {
            ended();
        }
    }
}
