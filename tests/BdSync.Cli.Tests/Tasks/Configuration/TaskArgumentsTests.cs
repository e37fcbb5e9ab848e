using BdSync.Cli.Tasks;
using BdSync.Protocol.Planning;

namespace BdSync.Cli.Tests.Tasks.Configuration;

/// <summary>Words for client, server and patch.</summary>
public sealed class TaskArgumentsTests : IDisposable
{
    private readonly TaskFileFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("bdsync_args = -v --diffsize=resize -z -t --hash sha1", "--verbose|--zeroblocks", "--verbose|--diffsize=resize")]
    [InlineData("bdsync_args = -vv --diff --warn", "--verbose|--verbose", "--verbose|--verbose|--diffsize|--warndev")]
    [InlineData("bdsync_args = --threads=3 --channels=2 --retries=1 --direct -F -f -b 512 -c md5 --progress", "", "")]
    [InlineData("server_args = --threads=3 --direct -z\npatch_args = --direct --force '-dminsize,warn'", "--threads=3|--direct|--zeroblocks", "--direct|--force|--diffsize=minsize,warn")]
    [InlineData("bdsync_args = -v\nserver_args = -v\npatch_args = --warndev", "--verbose|--verbose", "--verbose|--warndev")]
    [InlineData("client_args = -v -z --diffsize --direct", "", "")]
    public void Each_goes_where_it_belongs(string lines, string server, string patch)
    {
        var task = ReadRemote(lines);
        Assert.Equal((server, patch), (string.Join('|', task.ServerArguments), string.Join('|', task.PatchArguments)));
    }

    [Fact]
    public void The_client_gets_what_is_about_comparing()
    {
        var client = ReadRemote("bdsync_args = -b 512 --hash=sha1 -c md5 -t -f -F --threads=3 --channels=2 --retries=4\nclient_args = -z --hash=sha256 -dminsize,warn").Client;
        Assert.Equal((512, "sha256", "md5", true, true, true, true), (client.BlockSize, client.Digest, client.Checksum, client.TwoPass, client.FixedSalt, client.FlushCache, client.ZeroBlocks));
        Assert.Equal((3, 2, 4, SizePolicy.MinSize, true), (client.Threads, client.Channels, client.Retries, client.SizePolicy, client.WarnOfSizes));
        Assert.Equal(5, ReadRemote("bdsync_args = --retries=4\nretries = 5").Client.Retries);
    }

    [Fact]
    public void The_patcher_gets_what_is_about_applying()
    {
        var task = ReadLocal("bdsync_args = --diffsize=resize\npatch_args = --diffsize=minsize,warn --force --direct");
        Assert.Equal((SizePolicy.MinSize, true, SizePolicy.Resize, true, true), (task.Patcher.SizePolicy, task.Patcher.WarnOfSizes, task.Client.SizePolicy, task.Force, task.Direct));
        Assert.Equal((true, true), (ReadLocal("bdsync_args = --direct").Direct, ReadRemote("client_args = --direct").Direct));
        Assert.Equal((false, false), (ReadRemote("patch_args = --direct").Direct, ReadRemote("server_args = --direct").Direct));
    }

    [Fact]
    public void A_force_that_does_not_reach_the_other_side_is_a_warning()
    {
        Assert.Contains("--force does not reach the other side", Assert.Single(folder.Warn($"[x]\n{TaskFileFolder.Remote}bdsync_args = --force")), StringComparison.Ordinal);
        Assert.Empty(folder.Warn($"[x]\n{TaskFileFolder.Remote}patch_args = --force"));
        Assert.Empty(folder.Warn($"[x]\n{TaskFileFolder.Local}bdsync_args = --force"));
    }

    [Theory]
    [InlineData("bdsync_args = --server", "--server is not allowed here: the task says what is done.")]
    [InlineData("bdsync_args = -p/dev/x", "--patch is not allowed here: the task says what is done.")]
    [InlineData("client_args = --local", "--local is not allowed here")]
    [InlineData("client_args = --apply", "--apply is not allowed here")]
    [InlineData("server_args = --help", "--help is not allowed here")]
    [InlineData("patch_args = --version", "--version is not allowed here")]
    [InlineData("bdsync_args = --remdata", "--remdata is not allowed here: direction = pull takes the other side's data.")]
    [InlineData("client_args = --remote-bdsync=x", "--remote-bdsync is not allowed here: remote_bdsync_bin names the program.")]
    [InlineData("bdsync_args = -v /dev/x", "'/dev/x' is no option; only options are allowed.")]
    [InlineData("bdsync_args = -- -v", "'-v' is no option; only options are allowed.")]
    [InlineData("bdsync_args = --nope", "unrecognized option '--nope'")]
    [InlineData("bdsync_args = 'x", "''x' has a ' that is not closed.")]
    [InlineData("bdsync_args = --blocksize=x", "--blocksize=x is not a number from 1 to 2147483647.")]
    [InlineData("bdsync_args = --hash=nope", "nope")]
    [InlineData("bdsync_args = --checksum=nope", "nope")]
    [InlineData("bdsync_args = --twopass\nclient_args = --blocksize=2147483647", "The block size is 2147483647; 1 to 33554431 bytes are allowed with two passes.")]
    [InlineData("bdsync_args = --diffsize=larger", "--diffsize=larger is not known")]
    [InlineData("client_args = --channels=65", "--channels=65 is not a number from 1 to 64.")]
    [InlineData("bdsync_args = --progress=bar", "--progress=bar is for single comparisons; 'bdsync run' shows its tasks by itself where there is a terminal.")]
    [InlineData("client_args = --warndev", "--warndev is not for this program; it goes into patch_args.")]
    [InlineData("client_args = --force", "--force is not for this program; it goes into patch_args.")]
    [InlineData("server_args = --twopass", "--twopass is not for this program; it goes into client_args.")]
    [InlineData("server_args = --diffsize", "--diffsize is not for this program; it goes into client_args or patch_args.")]
    [InlineData("server_args = --threads=x", "--threads=x is not a number from 1 to 2147483647.")]
    [InlineData("patch_args = --zeroblocks", "--zeroblocks is not for this program; it goes into client_args or server_args.")]
    [InlineData("patch_args = --threads=2", "--threads is not for this program; it goes into client_args or server_args.")]
    [InlineData("bdsync_args = --ssh-config=/x", "--ssh-config goes with connection = ssh://HOST only")]
    public void What_does_not_belong_there_is_refused(string lines, string problem)
    {
        var error = Assert.Single(folder.Refuse($"[x]\n{TaskFileFolder.Remote}{lines}"));
        Assert.StartsWith("FOLDER/tasks.conf:", error, StringComparison.Ordinal);
        Assert.Contains(": [x] ", error, StringComparison.Ordinal);
        Assert.Contains(problem, error, StringComparison.Ordinal);
    }

    private SyncTask ReadRemote(string lines) => folder.ReadTask($"[x]\n{TaskFileFolder.Remote}{lines}");

    private SyncTask ReadLocal(string lines) => folder.ReadTask($"[x]\n{TaskFileFolder.Local}{lines}");
}
