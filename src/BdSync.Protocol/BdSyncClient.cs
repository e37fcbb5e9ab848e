using BdSync.Protocol.Devices;
using BdSync.Protocol.Patching;
using BdSync.Protocol.Planning;
using BdSync.Protocol.Sessions;
using BdSync.Protocol.Transports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BdSync.Protocol;

/// <summary>
/// Compares a local device with one behind a server: writes a patch that makes the remote device equal to the local one (or
/// the other way round), or only says where they differ. Safe for several threads: each call is a session of its own.
/// </summary>
public sealed class BdSyncClient
{
    private readonly BdSyncClientOptions options;
    private readonly ILogger logger;

    /// <summary>Creates a client.</summary>
    /// <param name="options">How to compare; null for the defaults.</param>
    /// <param name="logger">Receives the log; null for none.</param>
    /// <exception cref="BdSyncException">An option is out of range, or a digest unknown.</exception>
    public BdSyncClient(BdSyncClientOptions? options = null, ILogger<BdSyncClient>? logger = null)
    {
        this.options = options ?? new();
        this.options.Validate();
        this.logger = logger ?? NullLogger<BdSyncClient>.Instance;
    }

    /// <summary>Compares and writes the patch, through one server; all else is as with several.</summary>
    /// <param name="transport">The connection to the server; it stays open where this fails, and is completed where it succeeds.</param>
    /// <param name="local">The local device; it isn't disposed of.</param>
    /// <param name="remotePath">The path of the remote device.</param>
    /// <param name="patch">Receives the patch; it isn't closed.</param>
    /// <param name="progress">Is told how far it has come.</param>
    /// <param name="cancellationToken">Ends the session with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The sizes, and what the other end exited with.</returns>
    public Task<SyncResult> WritePatchAsync(
        Transport transport, Device local, string remotePath, Stream patch, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default) =>
        WritePatchAsync([transport], local, remotePath, patch, progress, cancellationToken);

    /// <summary>Compares and writes the patch. Memory does not depend on the devices' size or on how much differs.</summary>
    /// <param name="transports">Connections to one or more servers of the same device, which share the work; they stay open where this fails, and are completed where it succeeds. The patch is the same whatever their number.</param>
    /// <param name="local">The local device; it isn't disposed of.</param>
    /// <param name="remotePath">The path of the remote device, as its system takes it: 1 to 4095 bytes in UTF-8.</param>
    /// <param name="patch">Receives the patch; it isn't closed. Where this fails it has got a patch without an end, which is refused by whoever reads it.</param>
    /// <param name="progress">Is told how far it has come, for every block range; null for nobody.</param>
    /// <param name="cancellationToken">Ends the session with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The sizes, and what the other end exited with: the first status that isn't 0.</returns>
    /// <exception cref="SizeMismatchException">The sizes differ and the policy is strict; nothing was written.</exception>
    /// <exception cref="DigestException">The peer does not know the digest; nothing was written.</exception>
    /// <exception cref="TransportException">The peer is gone.</exception>
    /// <exception cref="ProtocolException">The peer does not keep to the protocol.</exception>
    /// <exception cref="DeviceException">The local device can't be read.</exception>
    /// <exception cref="BdSyncException">The patch can't be written, there is no randomness for the salt, or the work can't be shared.</exception>
    public Task<SyncResult> WritePatchAsync(
        IReadOnlyList<Transport> transports, Device local, string remotePath, Stream patch, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default) =>
        WritePatchAsync(GetPolicies(transports), local, remotePath, patch, progress, cancellationToken);

    /// <summary>
    /// Compares and writes the patch, over connections that the client opens and closes itself: as many as <see cref="BdSyncClientOptions.Channels"/>
    /// says, and again where they break, as <see cref="BdSyncClientOptions.Retries"/> says. The patch is the same whatever breaks.
    /// </summary>
    /// <param name="connector">Opens connections to servers of the same device.</param>
    /// <param name="local">The local device; it isn't disposed of.</param>
    /// <param name="remotePath">The path of the remote device, as its system takes it: 1 to 4095 bytes in UTF-8.</param>
    /// <param name="patch">Receives the patch; it isn't closed. Where this fails it has got a patch without an end, which is refused by whoever reads it.</param>
    /// <param name="progress">Is told how far it has come, for every block range; null for nobody.</param>
    /// <param name="cancellationToken">Ends the session with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The sizes, and what the other end exited with: the first status that isn't 0.</returns>
    /// <exception cref="SizeMismatchException">The sizes differ and the policy is strict, and nothing was written; or the remote device's size has changed in between.</exception>
    /// <exception cref="TransportException">The peer can't be reached, or is gone, with no retries left (<see cref="BdSyncExitStatus.Connection"/>).</exception>
    /// <exception cref="BdSyncException">As with connections that were opened before.</exception>
    public Task<SyncResult> WritePatchAsync(
        TransportConnector connector, Device local, string remotePath, Stream patch, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default) =>
        WritePatchAsync(GetPolicies(connector), local, remotePath, patch, progress, cancellationToken);

    /// <summary>Compares without a patch, through one server; all else is as with several.</summary>
    /// <param name="transport">The connection to the server; it stays open where this fails, and is completed where it succeeds.</param>
    /// <param name="local">The local device; it isn't disposed of.</param>
    /// <param name="remotePath">The path of the remote device.</param>
    /// <param name="onDifference">Is told where something differs.</param>
    /// <param name="repair">Receives a patch that mends it.</param>
    /// <param name="progress">Is told how far it has come.</param>
    /// <param name="cancellationToken">Ends the session with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>What was found.</returns>
    public Task<ComparisonResult> CompareAsync(
        Transport transport, Device local, string remotePath, Action<Extent>? onDifference = null, Stream? repair = null, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default) =>
        CompareAsync([transport], local, remotePath, onDifference, repair, progress, cancellationToken);

    /// <summary>
    /// Compares, and says where the devices differ; nothing is fetched or kept. Memory does not depend on the devices' size or on how much differs. Sizes that
    /// differ are no error, but a difference: what both have is compared. <see cref="BdSyncClientOptions.Checksum"/> and <see cref="BdSyncClientOptions.SizePolicy"/>
    /// are of no interest, and <see cref="BdSyncClientOptions.RemoteData"/> is only where there is a patch.
    /// </summary>
    /// <param name="transports">Connections to one or more servers of the same device, which share the work; they stay open where this fails, and are completed where it succeeds.</param>
    /// <param name="local">The local device; it isn't disposed of.</param>
    /// <param name="remotePath">The path of the remote device, as its system takes it: 1 to 4095 bytes in UTF-8.</param>
    /// <param name="onDifference">
    /// Is told each extent that differs, in bytes, in ascending order, neighbours joined: one call at a time, on any thread, while the comparison goes on and waits for it; null for
    /// nobody. Where the comparison fails, what was found before may have been told.
    /// </param>
    /// <param name="repair">
    /// Receives a patch that makes the remote device equal to the local one (or the other way round), as with <see cref="SizePolicy.Resize"/>; it isn't closed. The comparison goes to
    /// the end of the device whose data the patch has then, and the shorter device counts as zeros behind its end. Null for none.
    /// </param>
    /// <param name="progress">Is told how far it has come, for every block range; null for nobody.</param>
    /// <param name="cancellationToken">Ends the session with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="DigestException">The peer does not know the digest.</exception>
    /// <exception cref="TransportException">The peer is gone.</exception>
    /// <exception cref="ProtocolException">The peer does not keep to the protocol.</exception>
    /// <exception cref="DeviceException">The local device can't be read.</exception>
    /// <exception cref="BdSyncException">The patch can't be written, or there is no randomness for the salt.</exception>
    public Task<ComparisonResult> CompareAsync(
        IReadOnlyList<Transport> transports, Device local, string remotePath, Action<Extent>? onDifference = null, Stream? repair = null, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default) =>
        CompareAsync(GetPolicies(transports), local, remotePath, onDifference, repair, progress, cancellationToken);

    /// <summary>
    /// Compares without a patch, over connections that the client opens and closes itself: as many as <see cref="BdSyncClientOptions.Channels"/> says, and again where they
    /// break, as <see cref="BdSyncClientOptions.Retries"/> says. All else is as with connections that were opened before.
    /// </summary>
    /// <param name="connector">Opens connections to servers of the same device.</param>
    /// <param name="local">The local device; it isn't disposed of.</param>
    /// <param name="remotePath">The path of the remote device, as its system takes it: 1 to 4095 bytes in UTF-8.</param>
    /// <param name="onDifference">Is told each extent that differs, in ascending order; null for nobody.</param>
    /// <param name="repair">Receives a patch that mends it; null for none.</param>
    /// <param name="progress">Is told how far it has come, for every block range; null for nobody.</param>
    /// <param name="cancellationToken">Ends the session with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="SizeMismatchException">The remote device's size has changed in between.</exception>
    /// <exception cref="TransportException">The peer can't be reached, or is gone, with no retries left (<see cref="BdSyncExitStatus.Connection"/>).</exception>
    /// <exception cref="BdSyncException">As with connections that were opened before.</exception>
    public Task<ComparisonResult> CompareAsync(
        TransportConnector connector, Device local, string remotePath, Action<Extent>? onDifference = null, Stream? repair = null, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default) =>
        CompareAsync(GetPolicies(connector), local, remotePath, onDifference, repair, progress, cancellationToken);

    private async Task<SyncResult> WritePatchAsync(
        IReadOnlyList<ConnectionPolicy> policies, Device local, string remotePath, Stream patch, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(patch);
        var writer = new PatchWriter(patch);
        var outcome = await new ClientComparison(options, logger)
            .RunAsync(policies, local, remotePath, (source, remote, sizes) => CreatePatchSink(options, source, remote, remotePath, sizes, writer), progress, cancellationToken).ConfigureAwait(false);
        logger.PatchComplete(writer.BytesWritten);
        return new(writer.BytesWritten, outcome.LocalLength, outcome.RemoteLength, writer.DataBytesWritten, outcome.RemoteExitStatus) { Statistics = outcome.Statistics };
    }

    private async Task<ComparisonResult> CompareAsync(
        IReadOnlyList<ConnectionPolicy> policies, Device local, string remotePath, Action<Extent>? onDifference, Stream? repair, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(local);
        var used = options.ForComparison(withPatch: repair is not null);
        DifferenceReport? report = null;
        var outcome = await new ClientComparison(used, logger).RunAsync(policies, local, remotePath, CreateReport, progress, cancellationToken).ConfigureAwait(false);
        return report!.GetResult(outcome);

        DifferenceReport CreateReport(Device source, RemoteDeviceGroup remote, SyncSizes sizes) => report = new(
            repair is null ? null : CreatePatchSink(used, source, remote, remotePath, sizes, new(repair)), used.BlockSize, sizes.GetPlannedLength(withChecksum: false), onDifference);
    }

    private static IDifferenceSink CreatePatchSink(BdSyncClientOptions used, Device local, RemoteDeviceGroup remote, string remotePath, SyncSizes sizes, PatchWriter patch) => used.RemoteData
        ? new FetchedDataSink(remote, new(sizes.PatchLength, local.Name), used.BlockSize, patch)
        : new DataSink(local, new(sizes.PatchLength, remotePath), used.BlockSize, patch);

    private IReadOnlyList<ConnectionPolicy> GetPolicies(IReadOnlyList<Transport> transports)
    {
        ArgumentNullException.ThrowIfNull(transports);
        ArgumentOutOfRangeException.ThrowIfZero(transports.Count, nameof(transports));
        return [.. transports.Select(transport => ConnectionPolicy.Given(transport, options.AnswerLimit))];
    }

    private IReadOnlyList<ConnectionPolicy> GetPolicies(TransportConnector connector)
    {
        ArgumentNullException.ThrowIfNull(connector);
        var policy = new ConnectionPolicy(connector.ConnectAsync, OwnsTransports: true, options.Retries, options.RetryDelay, options.AnswerLimit);
        return [.. Enumerable.Repeat(policy, options.Channels)];
    }
}
