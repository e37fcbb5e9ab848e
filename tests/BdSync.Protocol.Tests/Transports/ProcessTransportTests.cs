using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using BdSync.Protocol.Transports;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Transports;

/// <summary>A peer behind a real command.</summary>
public class ProcessTransportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(77)]
    [InlineData(255)]
    public async Task Exit_status_is_passed_on(int status)
    {
        await using var transport = Start($"exit {status}");
        Assert.Equal(status, await transport.CompleteAsync(Cancellation).WaitAsync(TestSession.Limit, Cancellation));
    }

    [Fact]
    public async Task Bytes_go_in_and_out_unchanged()
    {
        await using var transport = ProcessTransport.Start(["cat"]);
        byte[] data = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        await transport.Output.WriteAsync(data, Cancellation);
        await transport.Output.FlushAsync(Cancellation);
        var echo = new byte[data.Length];
        await transport.Input.ReadExactlyAsync(echo, Cancellation);
        Assert.Equal(data, echo);
        Assert.Equal(0, await transport.CompleteAsync(Cancellation).WaitAsync(TestSession.Limit, Cancellation));
    }

    [Fact]
    public async Task Words_are_not_looked_at_by_a_shell()
    {
        await using var transport = ProcessTransport.Start(["printf", "%s|", "a b", "$HOME", "*", "", "'"]);
        using var reader = new StreamReader(transport.Input, Encoding.UTF8);
        Assert.Equal("a b|$HOME|*||'|", await reader.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task Standard_error_arrives_line_by_line()
    {
        var lines = new ConcurrentQueue<string>();
        await using var transport = Start("printf 'one\\ntwo\\033[1m\\r\\n' >&2; printf 'last without end' >&2", lines.Enqueue);
        await transport.CompleteAsync(Cancellation).WaitAsync(TestSession.Limit, Cancellation);
        Assert.Equal(["one", "two[1m", "last without end"], lines);
    }

    [Fact]
    public async Task Much_on_standard_error_does_not_stop_the_command()
    {
        var length = 0;
        await using var transport = Start("head -c 1000000 /dev/zero | tr '\\0' 'x' | fold -w 100 >&2", line => length += line.Length);
        Assert.Equal(0, await transport.CompleteAsync(Cancellation).WaitAsync(TestSession.Limit, Cancellation));
        Assert.Equal(1_000_000, length);
    }

    [Fact]
    public void A_command_that_does_not_exist_ends_with_8()
    {
        var error = Assert.Throws<TransportException>(() => ProcessTransport.Start(["/no/such/command"]));
        Assert.Equal(BdSyncExitStatus.Process, error.ExitStatus);
        Assert.Contains("/no/such/command", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_may_not_be_executed_ends_with_8()
    {
        using var folder = new TemporaryFolder();
        var path = folder.CreateFile("command", "#!/bin/sh\n"u8);
        Assert.Equal(BdSyncExitStatus.Process, Assert.Throws<TransportException>(() => ProcessTransport.Start([path])).ExitStatus);
    }

    [Fact]
    public async Task A_command_that_ignores_the_end_of_its_input_is_killed()
    {
        using var folder = new TemporaryFolder();
        var transport = Start($"echo $$ > '{folder.GetPath("pid")}.tmp'; mv '{folder.GetPath("pid")}.tmp' '{folder.GetPath("pid")}'; exec sleep 300");
        while (!File.Exists(folder.GetPath("pid")))
        {
            await Task.Delay(10, Cancellation);
        }

        var pid = (await File.ReadAllTextAsync(folder.GetPath("pid"), Cancellation)).Trim();
        var watch = Stopwatch.StartNew();
        await transport.DisposeAsync().AsTask().WaitAsync(TestSession.Limit, Cancellation);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.False(IsRunning(pid), "The command is still running.");
    }

    [Fact]
    public async Task Waiting_for_a_command_can_be_cancelled()
    {
        await using var transport = Start("exec sleep 300");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transport.CompleteAsync(stop.Token).WaitAsync(TestSession.Limit, Cancellation));
    }

    [Fact]
    public async Task Disposing_after_the_command_has_ended_is_harmless()
    {
        var transport = Start("exit 3");
        Assert.Equal(3, await transport.CompleteAsync(Cancellation).WaitAsync(TestSession.Limit, Cancellation));
        await transport.DisposeAsync();
    }

    [Theory]
    [InlineData("exit 5", "Hello message was due")]
    [InlineData("printf '\\013\\000\\000\\000\\001SERVER 0.5'; cat >/dev/null", "")]
    public async Task A_client_reports_a_command_that_is_no_server(string script, string words)
    {
        await using var transport = Start(script);
        using var local = new MemoryDevice(new byte[100]);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(words.Length > 0 ? 60 : 1));
        var writing = new BdSyncClient().WritePatchAsync(transport, local, "remote", new MemoryStream(), cancellationToken: stop.Token);
        if (words.Length > 0)
        {
            var error = await Assert.ThrowsAsync<TransportException>(() => writing.WaitAsync(TestSession.Limit, Cancellation));
            Assert.Equal(BdSyncExitStatus.Read, error.ExitStatus);
        }
        else
        {
            // It never answers: only whoever started it can end that.
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing.WaitAsync(TestSession.Limit, Cancellation));
        }
    }

    private static ProcessTransport Start(string script, Action<string>? onErrorLine = null) => ProcessTransport.Start(["sh", "-c", script], onErrorLine);

    // A process that was killed may wait for its parent to take note: state Z.
    private static bool IsRunning(string pid) =>
        File.Exists($"/proc/{pid}/stat") && File.ReadAllText($"/proc/{pid}/stat").Split(") ")[1][0] is not 'Z';
}
