using BdSync.Protocol.Transports;

namespace BdSync.Cli.Commands;

/// <summary>Transports that are disposed of together.</summary>
internal sealed class TransportList : IAsyncDisposable
{
    private readonly List<Transport> items = [];

    public IReadOnlyList<Transport> Items => items;

    public void Add(Transport transport) => items.Add(transport);

    public async ValueTask DisposeAsync() => await Task.WhenAll(items.Select(item => item.DisposeAsync().AsTask()));
}
