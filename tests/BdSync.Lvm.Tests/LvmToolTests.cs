using System.Diagnostics;
using BdSync.TestUtilities;

namespace BdSync.Lvm.Tests;

/// <summary>How the program is run: shell scripts in its place, which hang, shout and fail.</summary>
public sealed class LvmToolTests : IDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Program_gets_words_environment_and_no_input()
    {
        var tool = Create("cat; [ \"$LC_ALL\" = C ] && [ \"$1\" = version ] && echo 'LVM version: 2.03.1(2)'");
        Assert.Equal(new Version(2, 3, 1), await tool.RunAsync(LvmCommands.GetVersion(), TestContext.Current.CancellationToken).WaitAsync(Guard, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Missing_program_is_one_clear_error()
    {
        var exception = await Assert.ThrowsAsync<LvmException>(() => new LvmTool("/nowhere/lvm").GetVolumeGroupAsync("vg", TestContext.Current.CancellationToken));
        Assert.Contains("can't be run by /nowhere/lvm", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_has_command_status_and_errors()
    {
        var exception = await Assert.ThrowsAsync<LvmException>(() => Create("echo one >&2; echo two >&2; exit 5").GetVolumeGroupAsync("vg", TestContext.Current.CancellationToken));
        Assert.Equal((5, "one\ntwo\n"), (exception.CommandExitStatus, exception.ErrorText));
        Assert.StartsWith("vgs --reportformat json", exception.Command, StringComparison.Ordinal);
        Assert.EndsWith("ended with exit status 5: one / two", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_that_hangs_is_given_up()
    {
        var tool = new LvmTool(Create("exec sleep 1000").ProgramPath) { TimeLimit = TimeSpan.FromSeconds(1) };
        var exception = await Assert.ThrowsAsync<LvmException>(() => tool.GetVolumeGroupAsync("vg", TestContext.Current.CancellationToken).WaitAsync(Guard, TestContext.Current.CancellationToken));
        Assert.Contains("did not end within 1 s", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Question_can_be_cancelled()
    {
        using var cancelling = new CancellationTokenSource();
        var asking = Create("exec sleep 1000").GetVolumeGroupAsync("vg", cancelling.Token);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WaitAsync(Guard, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Change_comes_to_its_end_when_cancelled()
    {
        var path = folder.GetPath("done");
        var started = folder.GetPath("started");
        using var cancelling = new CancellationTokenSource();
        var removing = Create($"touch {started}; sleep 1; touch {path}").RunAsync(LvmCommands.RemoveVolume(new("vg", "v")), cancelling.Token);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(started), Guard));
        await cancelling.CancelAsync();
        await removing.WaitAsync(Guard, TestContext.Current.CancellationToken);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task Change_that_takes_too_long_is_asked_to_end_and_not_killed()
    {
        var path = folder.GetPath("asked");
        var tool = new LvmTool(Create($"trap 'touch {path}; exit 1' TERM; while :; do sleep 0.1; done").ProgramPath) { TimeLimit = TimeSpan.FromSeconds(1) };
        await Assert.ThrowsAsync<LvmException>(() => tool.RunAsync(LvmCommands.RemoveVolume(new("vg", "v")), TestContext.Current.CancellationToken).WaitAsync(Guard, TestContext.Current.CancellationToken));
        Assert.True(SpinWait.SpinUntil(() => File.Exists(path), Guard));
    }

    [Fact]
    public async Task Endless_errors_are_cut()
    {
        var exception = await Assert.ThrowsAsync<LvmException>(() => Create("head -c 10000000 /dev/zero | tr '\\0' e >&2; exit 5").GetVolumeGroupAsync("vg", TestContext.Current.CancellationToken));
        Assert.Equal(64 * 1024, exception.ErrorText.Length);
        Assert.InRange(exception.Message.Length, 2000, 3000);
    }

    [Fact]
    public async Task Too_much_output_is_refused()
    {
        var exception = await Assert.ThrowsAsync<LvmException>(() => Create("head -c 70000000 /dev/zero").GetVolumeGroupAsync("vg", TestContext.Current.CancellationToken));
        Assert.Contains("printed over", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    // Written by another process: a file that is open for writing here while a process is started can't be run.
    private LvmTool Create(string script)
    {
        var path = folder.GetPath("lvm");
        using var writing = Process.Start("sh", ["-c", "printf '#!/bin/sh\\n%s\\n' \"$1\" > \"$0\"; chmod 755 \"$0\"", path, script]);
        writing.WaitForExit();
        return new(path);
    }
}
