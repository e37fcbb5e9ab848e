using BdSync.Interop.Tests.Programs;
using BdSync.TestUtilities;

namespace BdSync.Interop.Tests.Processes;

/// <summary>Whoever reads goes away: <c>bdsync … | head</c>, or a client that is killed.</summary>
public class BrokenPipeTests
{
    private const int BrokenPipe = 141;

    [Theory]
    [InlineData("")]
    [InlineData("--remdata")]
    public async Task A_client_whose_reader_has_gone_ends_and_takes_the_remote_command_with_it(string option)
    {
        using var folder = new WorkFolder();
        Devices.Create(folder);
        var remote = RemoteScript.Server(folder);
        await using var client = folder.Start(Tool.Ours, ((string[])[option, remote.Command, Devices.Source, Devices.Target]).Where(word => word.Length > 0));
        await client.ReadOutputAsync(20);
        await client.Output.DisposeAsync();

        var result = await client.WaitAsync();

        result.ShouldExitWith(BrokenPipe).ShouldExplainItselfBriefly();
        await remote.ShouldBeGoneAsync();
    }

    [Fact]
    public async Task A_shell_pipe_to_head_ends_the_client_with_the_status_of_a_broken_pipe()
    {
        using var folder = new WorkFolder();
        Devices.Create(folder);
        var command = $"\"$0\" \"$1\" {Devices.Source} {Devices.Target} | head -c 100; exit ${{PIPESTATUS[0]}}";

        var result = await folder.RunAsync("/bin/bash", ["-c", command, Tool.Ours, Tool.ServerCommand(Implementation.Ours)]);

        result.ShouldExitWith(BrokenPipe).ShouldExplainItselfBriefly();
        Assert.Equal(100, result.Output.Length);
    }

    [Fact]
    public async Task A_server_whose_client_was_killed_ends_in_silence()
    {
        using var folder = new WorkFolder();
        Devices.Create(folder);
        await using var server = folder.Start(Tool.Ours, "--server");
        var requests = Enumerable.Range(0, 400).Select(index => RawMessage.GetBlock(index * 131_063, 131_063));
        await server.WriteInputAsync(RawMessage.Join([RawMessage.Hello(), RawMessage.DevFile(Devices.Source), RawMessage.Digests(), .. requests.Take(20)]));
        await server.ReadOutputAsync(20);
        await server.Output.DisposeAsync();

        var result = await server.WaitAsync();

        result.ShouldExitWith(BrokenPipe);
        Assert.Empty(result.Errors);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(40)]
    public async Task A_server_whose_input_ends_anywhere_ends_in_silence(int length)
    {
        using var folder = new WorkFolder();
        Devices.Create(folder, mebibytes: 1);
        byte[] session = [.. RawMessage.Hello(), .. RawMessage.DevFile(Devices.Source), .. RawMessage.Digests()];

        var result = await folder.RunAsync(Tool.Ours, ["--server"], session.AsMemory(0, Math.Min(length, session.Length)));

        result.ShouldExitWith(6);
        Assert.Empty(result.Errors);
    }
}
