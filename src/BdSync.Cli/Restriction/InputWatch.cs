namespace BdSync.Cli.Restriction;

/// <summary>Ends what nobody waits for any more: its input has ended, as with the connection.</summary>
internal static class InputWatch
{
    /// <summary>What a shell makes of SIGTERM.</summary>
    private const int Terminated = 128 + 15;

    /// <summary>Runs something while the input lasts.</summary>
    /// <param name="input">Where anything that comes, an end included, means that it is not wanted any more.</param>
    /// <param name="run">What is done.</param>
    /// <param name="cancellationToken">Ends it as well.</param>
    /// <returns>Its exit status.</returns>
    public static async Task<int> RunAsync(Stream input, Func<CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = run(ended.Token);
        var watching = input.ReadAsync(new byte[1], ended.Token).AsTask();
        if (await Task.WhenAny(running, watching) == watching)
        {
            await ended.CancelAsync();
        }

        try
        {
            return await running;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Terminated;
        }
    }
}
