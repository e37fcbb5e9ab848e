using System.Runtime.Versioning;
using BdSync.Cli.Patches;
using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Hosts;
using BdSync.Protocol;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Tasks.Hosts;

/// <summary>What connection commands do wrong, and what a person is told to type. All that goes well is tested with real connections.</summary>
[SupportedOSPlatform("linux")]
public sealed class RemoteHostTests
{
    private readonly RecordingLogger<RemoteHost> log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ssh -p 2200 backup@host", "/backup/patch-x.bdsync", "ssh -p 2200 backup@host 'bdsync --patch --diffsize=resize </backup/patch-x.bdsync'")]
    [InlineData("ssh host", "~/a b", @"ssh host 'bdsync --patch --diffsize=resize <~/'\''a b'\'''")]
    [InlineData("ssh://backup@host:2200", "/x", "ssh ssh://backup@host:2200 'bdsync --patch --diffsize=resize </x'")]
    public void A_person_is_told_what_to_type(string connection, string path, string expected)
    {
        var task = CreateTask(connection) with { PatchArguments = ["--diffsize=resize"] };
        Assert.Equal(expected, new RemoteHost(task, log).DescribeApply(path, PatchCompression.None));
    }

    [Theory]
    [InlineData(nameof(PatchCompression.Gzip), "gzip")]
    [InlineData(nameof(PatchCompression.Zstd), "zstd")]
    public void Before_the_other_program_is_known_the_command_works_with_any(string compression, string tool) =>
        Assert.Equal($"ssh host '{tool} -dc </x | bdsync --patch'", new RemoteHost(CreateTask("ssh host"), log).DescribeApply("/x", Enum.Parse<PatchCompression>(compression)));

    [Fact]
    public async Task A_connection_command_that_is_not_there_is_a_matter_of_the_connection()
    {
        await using var host = new RemoteHost(CreateTask("/no/such/command"), log);
        var exception = await Assert.ThrowsAsync<TransportException>(() => host.ExistsAsync("/", Token));
        Assert.Contains("/no/such/command", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_command_that_never_answers_is_given_up_and_ended_with_what_it_started()
    {
        using var folder = new TemporaryFolder();
        var started = folder.GetPath("pid");
        await using var shell = new RemoteShell(new("silent", ["sh", "-c", $"sleep 1000 & echo $! >'{started}.new'; mv '{started}.new' '{started}'; wait; exit"]), null, log);
        var commands = new RemoteCommands(shell, "silent", log) { AnswerLimit = TimeSpan.FromSeconds(3) };

        var exception = await Assert.ThrowsAsync<TransportException>(() => commands.TestAsync("[ -e / ]", RemoteScripts.Exists.Write("/"), Token));

        Assert.True(exception.IsTransient);
        Assert.Contains("within 3 seconds", exception.Message, StringComparison.Ordinal);
        var child = (await File.ReadAllTextAsync(started, Token)).Trim();
        Assert.True(SpinWait.SpinUntil(() => HasEnded(child), TimeSpan.FromSeconds(60)), "What the command started still runs.");
    }

    [Fact]
    public async Task Exit_status_255_is_a_matter_of_the_connection_that_may_pass()
    {
        await using var host = new RemoteHost(CreateTask("sh", "-c", "echo 'no route' >&2; exit 255"), log);
        var exception = await Assert.ThrowsAsync<TransportException>(() => host.ExistsAsync("/", Token));
        Assert.True(exception.IsTransient);
        Assert.Contains("no route", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_says_no_for_reasons_of_its_own_is_no_answer()
    {
        await using var host = new RemoteHost(CreateTask("sh", "-c", "echo 'a password is required' >&2; exit 1"), log);
        var exception = await Assert.ThrowsAsync<TaskException>(() => host.ExistsAsync("/", Token));
        Assert.Contains("a password is required", exception.Message, StringComparison.Ordinal);
        Assert.Contains("exit status 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_end_is_refused()
    {
        await using var host = new RemoteHost(CreateTask("sh", "-c", "case $0 in echo*) echo bdsync;; *) head -c 30000000 /dev/zero;; esac"), log);
        var exception = await Assert.ThrowsAsync<TaskException>(() => host.ExistsAsync("/", Token));
        Assert.Contains($"{RemoteShell.MaxOutputLength} bytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_writes_a_patch_may_go_on_when_the_command_has_had_all_of_it_and_ended()
    {
        // As the C tool does; the snapshot behind a patch is checked after that.
        await using var host = new RemoteHost(CreateTask("sh", "-c", "case $0 in echo*) echo bdsync;; *--version*) echo bdsync --patch; exit 1;; *) x=$(head -c 4);; esac"), log);
        var expected = new NotSupportedException();
        async Task WriteAsync(Stream stream, CancellationToken token)
        {
            await stream.WriteAsync("data"u8.ToArray(), token);
            for (var count = 0; count < 50; count++)
            {
                await Task.Delay(20, token);
                await stream.FlushAsync(token);
            }

            throw expected;
        }

        Assert.Same(expected, await Assert.ThrowsAsync<NotSupportedException>(() => host.ApplyStreamAsync(WriteAsync, PatchCompression.None, Token)));
    }

    [Fact]
    public async Task A_mktemp_that_takes_no_suffix_is_helped_out()
    {
        using var folder = new TemporaryFolder();
        var mktemp = folder.CreateFile("mktemp", "#!/bin/sh\ncase $1 in *XXXXXX) exec /usr/bin/mktemp \"$1\";; esac\necho 'Invalid argument' >&2; exit 1\n"u8);
        File.SetUnixFileMode(mktemp, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var host = new RemoteHost(CreateTask("env", $"PATH={folder.FullPath}:{Environment.GetEnvironmentVariable("PATH")}"), log);
        var path = await host.CreatePatchFileAsync(folder.FullPath, "patch-", ".b d", Token);
        Assert.Matches(@"^patch-[A-Za-z0-9]{6}\.b d$", Path.GetFileName(path));
        Assert.Equal([path], await host.ListAsync(folder.FullPath, "patch-", "", Token));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    private static SyncTask CreateTask(params string[] words)
    {
        var isAddress = words[0].StartsWith("ssh://", StringComparison.Ordinal);
        IReadOnlyList<string> split = isAddress ? [] : words.Length > 1 ? words : words[0].Split(' ');
        return new() { Name = "test", SourcePath = "/source", TargetPath = "/target", Connection = new(string.Join(' ', words), split) };
    }

    // A process that has ended may be there still, for its parent to ask after it.
    private static bool HasEnded(string id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Split(' ')[2] == "Z";
        }
        catch (IOException)
        {
            return true;
        }
    }
}
