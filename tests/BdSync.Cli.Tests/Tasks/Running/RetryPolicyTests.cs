using BdSync.Cli.Tasks.Running;
using BdSync.Protocol;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Tasks.Running;

public class RetryPolicyTests
{
    private readonly RecordingLogger<RetryPolicyTests> logger = new();
    private int attempts;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 2)]
    [InlineData(5, 3)]
    public async Task A_broken_connection_is_tried_again(int retries, int failures)
    {
        Assert.Equal(failures + 1, await RunAsync(retries, () => ++attempts > failures ? attempts : throw Broken(isTransient: true)));
        Assert.Equal(failures, logger.Warnings.Count);
    }

    [Fact]
    public async Task It_is_not_tried_for_ever()
    {
        await Assert.ThrowsAsync<TransportException>(() => RunAsync(2, () => ++attempts < 0 ? 0 : throw Broken(isTransient: true)));
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task What_another_attempt_does_not_mend_is_not_tried_again()
    {
        await Assert.ThrowsAsync<TransportException>(() => RunAsync(2, () => ++attempts < 0 ? 0 : throw Broken(isTransient: false)));
        Assert.Equal(1, attempts);
    }

    private static TransportException Broken(bool isTransient) => new(BdSyncExitStatus.Connection, "It broke.") { IsTransient = isTransient };

    private Task<int> RunAsync(int retries, Func<int> work) =>
        new RetryPolicy(retries, TimeSpan.FromMilliseconds(1), logger).RunAsync(() => Task.Run(work), TestContext.Current.CancellationToken);
}
