using BdSync.Protocol.Transports;

namespace BdSync.Protocol.Sessions;

/// <summary>Where connections come from, and what happens when one breaks.</summary>
/// <param name="OpenAsync">Opens one.</param>
/// <param name="OwnsTransports">Whether they are disposed of with the session.</param>
/// <param name="Retries">How often in a row a connection may be opened again without an answer in between.</param>
/// <param name="RetryDelay">How long to wait before the first of them; it doubles each time, up to a minute.</param>
/// <param name="AnswerLimit">How long the server may take for an answer; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
internal sealed record ConnectionPolicy(Func<CancellationToken, Task<Transport>> OpenAsync, bool OwnsTransports, int Retries, TimeSpan RetryDelay, TimeSpan AnswerLimit)
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(1);

    /// <summary>A transport that somebody else has opened: it can't be opened again.</summary>
    public static ConnectionPolicy Given(Transport transport, TimeSpan answerLimit) => new(_ => Task.FromResult(transport), OwnsTransports: false, Retries: 0, TimeSpan.Zero, answerLimit);

    /// <summary>How long to wait before an attempt, the first one being 1.</summary>
    public TimeSpan GetDelay(int attempt)
    {
        var delay = RetryDelay * Math.Pow(2, Math.Min(attempt - 1, 16));
        return delay < MaxDelay ? delay : MaxDelay;
    }
}
