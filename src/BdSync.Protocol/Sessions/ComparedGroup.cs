namespace BdSync.Protocol.Sessions;

/// <summary>Results of one request, in order. Those that nobody has taken are disposed of with it.</summary>
internal sealed class ComparedGroup(int capacity) : IDisposable
{
    private readonly Queue<ComparedRange> results = new(capacity);

    public void Add(ComparedRange result) => results.Enqueue(result);

    /// <summary>Hands the next result over.</summary>
    public bool TryTake(out ComparedRange result) => results.TryDequeue(out result!);

    public void Dispose()
    {
        while (results.TryDequeue(out var result))
        {
            result.Dispose();
        }
    }
}
