using BdSync.Protocol.Planning;
using BdSync.Protocol.Wire.Messages;
using Microsoft.Extensions.Logging;

namespace BdSync.Protocol.Sessions;

/// <summary>
/// The remote device behind one or more servers, which share the work: a C tool's server uses one core. Requests go to the servers in
/// turn; who asks puts the answers in order.
/// </summary>
internal sealed class RemoteDeviceGroup : IAsyncDisposable
{
    private readonly RemoteDevice[] devices;
    private readonly CancellationTokenSource lifetime;
    private int last = -1;

    private RemoteDeviceGroup(RemoteDevice[] devices, CancellationTokenSource lifetime)
    {
        this.devices = devices;
        this.lifetime = lifetime;
    }

    /// <summary>One of the servers.</summary>
    public RemoteDevice First => devices[0];

    /// <summary>The size in bytes.</summary>
    public long Length => devices[0].Length;

    /// <summary>What all of the servers can do beyond the C tool.</summary>
    public IReadOnlyList<string> Abilities => [.. devices.Select(device => device.Abilities.AsEnumerable()).Aggregate((left, right) => left.Intersect(right))];

    /// <summary>Greets the servers and has each open the device.</summary>
    public static async Task<RemoteDeviceGroup> OpenAsync(IReadOnlyList<ConnectionPolicy> policies, string path, SyncMeter meter, ILogger logger, CancellationToken cancellationToken)
    {
        var lifetime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var opening = policies.Select(policy => RemoteDevice.OpenAsync(policy, path, meter, logger, lifetime.Token)).ToArray();
        try
        {
            // One that fails is not to wait for one that never answers.
            await foreach (var opened in Task.WhenEach(opening).ConfigureAwait(false))
            {
                await opened.ConfigureAwait(false);
            }

            var group = new RemoteDeviceGroup(await Task.WhenAll(opening).ConfigureAwait(false), lifetime);
            if (Array.Find(group.devices, device => device.Length != group.Length) is { } other)
            {
                throw new ProtocolException($"Two servers give the remote device different sizes, {group.Length} and {other.Length} bytes: it is not the same device, or it has just changed.");
            }

            return group;
        }
        catch
        {
            await lifetime.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(opening)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var device in opening.Where(task => task.IsCompletedSuccessfully))
            {
                await (await device.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            }

            lifetime.Dispose();
            throw;
        }
    }

    /// <summary>Sets how blocks are hashed from now on.</summary>
    public Task SetDigestsAsync(Digests digests, CancellationToken cancellationToken) =>
        Task.WhenAll(devices.Select(device => device.SetDigestsAsync(digests, cancellationToken)));

    /// <summary>Gives a hint; returns once it is sent.</summary>
    public Task SendHintAsync(long start, long hint, CancellationToken cancellationToken) =>
        Task.WhenAll(devices.Select(device => device.SendHintAsync(start, hint, cancellationToken)));

    /// <summary>Asks for the digests of a block range.</summary>
    public Task<byte[]> GetHashesAsync(BlockRange range, int digestSize, CancellationToken cancellationToken) =>
        Next().GetHashesAsync(range, digestSize, cancellationToken);

    /// <summary>Asks for data.</summary>
    public Task<byte[]> GetBlockAsync(Extent extent, CancellationToken cancellationToken) => Next().GetBlockAsync(extent, cancellationToken);

    /// <summary>Asks for the checksum of all that the only server has hashed.</summary>
    public Task<byte[]> GetChecksumAsync(int size, CancellationToken cancellationToken) => devices[0].GetChecksumAsync(size, cancellationToken);

    /// <summary>Ends the sessions in good order.</summary>
    public Task CloseAsync(CancellationToken cancellationToken) => Task.WhenAll(devices.Select(device => device.CloseAsync(cancellationToken)));

    /// <summary>Waits until the servers have ended.</summary>
    /// <returns>The first exit status that isn't 0.</returns>
    public async Task<int> CompleteAsync(CancellationToken cancellationToken)
    {
        var statuses = await Task.WhenAll(devices.Select(device => device.CompleteAsync(cancellationToken))).ConfigureAwait(false);
        return statuses.FirstOrDefault(status => status != 0);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(devices.Select(device => device.DisposeAsync().AsTask())).ConfigureAwait(false);
        lifetime.Dispose();
    }

    private RemoteDevice Next() => devices[(uint)Interlocked.Increment(ref last) % (uint)devices.Length];
}
