using System.Diagnostics;
using BdSync.Interop.Tests.Programs;
using BdSync.TestUtilities;

namespace BdSync.Interop.Tests.Processes;

/// <summary>SIGINT and SIGTERM end each mode at once, wherever it waits, with a word to the user and nothing left behind.</summary>
public class SignalTests
{
    /// <summary>
    /// After this a program that does not come to its end is ended without a word. One that has something to say has come to its end before; of one that is
    /// silent only the time can tell.
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    public async Task A_client_that_waits_for_a_silent_peer_ends_and_takes_the_remote_command_with_it(int signal)
    {
        using var folder = new WorkFolder();
        Devices.Create(folder, mebibytes: 1);
        var remote = new RemoteScript(folder, "exec sleep 60");
        await using var client = folder.Start(Tool.Ours, remote.Command, Devices.Source, Devices.Target);
        client.CollectOutput();
        await remote.GetProcessIdAsync();
        await Wait.ForAsync(300);

        await EndAsync(client, signal);

        await remote.ShouldBeGoneAsync();
    }

    [Theory]
    [InlineData(2, "", 50_000)]
    [InlineData(15, "", 50_000)]
    [InlineData(15, "--remdata", 5_000_000)]
    public async Task A_client_in_the_middle_of_a_session_ends_and_takes_the_remote_command_with_it(int signal, string option, int length)
    {
        using var folder = new WorkFolder();
        Devices.Create(folder);
        var remote = RemoteScript.StallingServer(folder, length);
        await using var client = folder.Start(Tool.Ours, ((string[])[option, remote.Command, Devices.Source, Devices.Target]).Where(word => word.Length > 0));
        await client.ReadOutputAsync(20);
        client.CollectOutput();

        var result = await EndAsync(client, signal);

        Assert.True(result.Output.Length > 0);
        await remote.ShouldBeGoneAsync();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    public async Task A_client_whose_patch_nobody_reads_ends_and_takes_the_remote_command_with_it(int signal)
    {
        using var folder = new WorkFolder();
        Devices.Create(folder);
        var remote = RemoteScript.Server(folder);
        await using var client = folder.Start(Tool.Ours, remote.Command, Devices.Source, Devices.Target);
        await client.ReadOutputAsync(1_000_000);
        await Wait.ForAsync(500);

        await EndAsync(client, signal);

        await remote.ShouldBeGoneAsync();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    public async Task A_server_that_waits_for_its_client_ends_in_silence(int signal)
    {
        using var folder = new WorkFolder();
        Devices.Create(folder, mebibytes: 1);
        await using var server = folder.Start(Tool.Ours, "--server");
        await server.SendAsync(RawMessage.Join(RawMessage.Hello(), RawMessage.DevFile(Devices.Source)));
        await server.ReadOutputAsync(20);

        await EndAsync(server, signal, silent: true);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    public async Task A_server_whose_answers_nobody_reads_ends_in_silence(int signal)
    {
        using var folder = new WorkFolder();
        Devices.Create(folder);
        await using var server = folder.Start(Tool.Ours, "--server");
        var requests = Enumerable.Range(0, 400).Select(index => RawMessage.GetBlock(index * 131_063, 131_063));
        var sending = server.WriteInputAsync(RawMessage.Join([RawMessage.Hello(), RawMessage.DevFile(Devices.Source), RawMessage.Digests(), .. requests]));
        await server.ReadOutputAsync(300_000);
        await Wait.ForAsync(300);

        await EndAsync(server, signal, silent: true);
        await sending;
    }

    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    public async Task A_patcher_that_waits_for_more_ends_and_has_said_what_state_the_target_is_in(int signal)
    {
        using var folder = new WorkFolder();
        folder.Write(Devices.Target, new byte[8_000_000]);
        await using var patcher = folder.Start(Tool.Ours, "--patch");
        var patch = new RawPatch(8_000_000, Devices.Target);
        for (var position = 0; position < 4_000_000; position += 32768)
        {
            var data = new byte[32768];
            Array.Fill<byte>(data, 1);
            patch.Record(position, data);
        }

        await patcher.SendAsync(patch.ToArray());
        await Wait.UntilAsync(() => folder.Read(Devices.Target)[1_000_000] == 1, "the target is being written");

        var result = await EndAsync(patcher, signal);

        Assert.Contains("neither in its old nor in its new state", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    public async Task A_patcher_that_has_got_nothing_yet_ends_and_leaves_the_target_alone(int signal)
    {
        using var folder = new WorkFolder();
        folder.Write(Devices.Target, new byte[10_000]);
        await using var patcher = folder.Start(Tool.Ours, "--patch");
        await patcher.SendAsync(new RawPatch(10_000, Devices.Target).ToArray());
        await Wait.UntilAsync(() => patcher.HasOpen(Devices.Target), "the patcher has read the header and opened the target");

        await EndAsync(patcher, signal);

        Assert.Equal(new byte[10_000], folder.Read(Devices.Target));
    }

    private static async Task<ProgramResult> EndAsync(RunningProgram program, int signal, bool silent = false)
    {
        var time = Stopwatch.StartNew();
        program.Signal(signal);
        var result = await program.WaitAsync();
        result.ShouldExitWith(128 + signal);
        if (silent)
        {
            Assert.True(time.Elapsed < Grace, $"It took {time.Elapsed.TotalSeconds:F1} s to end.");
            Assert.Empty(result.Errors);
        }
        else
        {
            Assert.Contains($"signal {signal}", result.ShouldExplainItselfBriefly().Errors, StringComparison.Ordinal);
        }

        return result;
    }
}
