using BdSync.Protocol;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Running;

/// <summary>Does again what failed because a connection broke. The client itself goes on where it was; this is for all that goes beside it.</summary>
/// <param name="retries">How often: at least 0.</param>
/// <param name="delay">How long to wait before the first time; it doubles each time, up to a minute.</param>
/// <param name="logger">Is told of each attempt.</param>
internal sealed class RetryPolicy(int retries, TimeSpan delay, ILogger logger)
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(1);
    private int attempts;

    /// <summary>How often something was done again. Safe for several threads.</summary>
    public int Attempts => Volatile.Read(ref attempts);

    /// <summary>Does it, again where need be.</summary>
    /// <param name="work">What to do; it must leave nothing behind when it fails.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var wait = delay;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (TransportException exception) when (exception.IsTransient && attempt <= retries)
            {
                Interlocked.Increment(ref attempts);
                logger.TryingAgain(attempt, retries, exception.Message);
            }

            await Task.Delay(wait, cancellationToken);
            wait = TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, MaxDelay.Ticks));
        }
    }

    /// <summary>Does it, again where need be.</summary>
    /// <param name="work">What to do; it must leave nothing behind when it fails.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task RunAsync(Func<Task> work, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            await work();
            return true;
        },
        cancellationToken);
}
