using BdSync.Protocol.Sessions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BdSync.Protocol;

/// <summary>Serves a client: hashes and reads the device that it names. Safe for several threads: each call is a session of its own.</summary>
public sealed class BdSyncServer
{
    private readonly BdSyncServerOptions options;
    private readonly ILogger logger;

    /// <summary>Creates a server.</summary>
    /// <param name="options">How to work; null for the defaults.</param>
    /// <param name="logger">Receives the log; null for none.</param>
    /// <exception cref="BdSyncException">An option is out of range.</exception>
    public BdSyncServer(BdSyncServerOptions? options = null, ILogger<BdSyncServer>? logger = null)
    {
        this.options = options ?? new();
        this.logger = logger ?? NullLogger<BdSyncServer>.Instance;
        if (this.options.Threads < 1)
        {
            throw new BdSyncException(BdSyncExitStatus.Parameters, $"The number of threads is {this.options.Threads}; at least 1 is needed.");
        }
    }

    /// <summary>Serves one client until it is done. Devices are only read. Memory does not depend on the device or on what the client sends.</summary>
    /// <param name="input">What the client sends; it isn't closed, and may have been read past the client's last message.</param>
    /// <param name="output">What goes to the client; it isn't closed.</param>
    /// <param name="cancellationToken">Ends the session with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A task that ends with the session.</returns>
    /// <exception cref="ProtocolException">The client does not keep to the protocol.</exception>
    /// <exception cref="TransportException">The client is gone.</exception>
    /// <exception cref="DeviceException">The device can't be opened or read.</exception>
    /// <exception cref="DigestException">The client asks for a digest or checksum that is unknown or refused.</exception>
    public async Task RunAsync(Stream input, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        using var session = new ServerSession(input, output, options, logger);
        using var activity = Telemetry.Activities.StartActivity("bdsync.serve");
        try
        {
            await session.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Telemetry.Fail(activity, exception);
            throw;
        }
    }
}
