using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Running;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Tasks.Running;

public sealed class HookRunnerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RecordingLogger<HookRunnerTests> logger = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_command_gets_variables_and_no_input_and_its_output_is_logged()
    {
        await RunAsync("cat; echo \"$BDSYNC_HOOK $BDSYNC_TASK\"; echo oops >&2", new("BDSYNC_TASK", "it's $HOME"));

        Assert.Contains("run_before: run_before it's $HOME", logger.Messages);
        Assert.Contains("run_before: oops", logger.Messages);
    }

    [Fact]
    public async Task A_command_that_fails_is_an_error_with_its_status()
    {
        var exception = await Assert.ThrowsAsync<TaskException>(() => RunAsync("exit 7"));

        Assert.Contains("exit status 7", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_takes_too_long_is_killed_with_what_it_started()
    {
        var started = folder.GetPath("pid");
        var exception = await Assert.ThrowsAsync<TaskException>(() => RunAsync($"sleep 1000 & echo $! > '{started}'; wait", limit: TimeSpan.FromSeconds(1)));

        Assert.Contains("run_time_limit", exception.Message, StringComparison.Ordinal);
        var child = File.ReadAllText(started).Trim();
        Assert.True(SpinWait.SpinUntil(() => HasEnded(child), TimeSpan.FromSeconds(30)), "What the command started still runs.");
    }

    [Fact]
    public async Task What_a_command_leaves_in_the_background_holds_nothing_up() => await RunAsync("sleep 30 & exit 0");

    [Fact]
    public async Task Cancelling_ends_a_command()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => HookRunner.RunAsync("run_before", "sleep 1000", TimeSpan.FromMinutes(5), [], logger, source.Token));
    }

    [Fact]
    public async Task No_command_is_nothing_to_do()
    {
        await HookRunner.RunAsync("run_before", null, TimeSpan.FromMinutes(5), [], logger, TestContext.Current.CancellationToken);

        Assert.Empty(logger.Messages);
    }

    [Fact]
    public async Task A_line_without_an_end_is_cut()
    {
        await RunAsync("head -c 100000 /dev/zero | tr '\\0' x");

        var lines = logger.Messages.Where(message => message.EndsWith("xx", StringComparison.Ordinal)).ToList();
        Assert.Equal(25, lines.Count);
        Assert.Equal(100000, lines.Sum(line => line.Count(character => character == 'x')));
    }

    [Fact]
    public async Task A_value_that_is_too_long_for_the_system_is_cut()
    {
        await RunAsync("echo ${#BDSYNC_ERROR}", new("BDSYNC_ERROR", new string('€', 1_000_000)));

        Assert.Contains(logger.Messages, message => message.StartsWith("run_before: ", StringComparison.Ordinal) && int.Parse(message["run_before: ".Length..], System.Globalization.CultureInfo.InvariantCulture) > 1000);
    }

    // A process that has ended may be there still, for its parent to ask after it.
    private static bool HasEnded(string id) => !File.Exists($"/proc/{id}/stat") || File.ReadAllText($"/proc/{id}/stat").Split(' ')[2] == "Z";

    private Task RunAsync(string command, KeyValuePair<string, string> variable = default, TimeSpan? limit = null) =>
        HookRunner.RunAsync("run_before", command, limit ?? TimeSpan.FromMinutes(5), variable.Key is null ? [] : [variable], logger, TestContext.Current.CancellationToken);
}
