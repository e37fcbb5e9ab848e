using BdSync.Cli.CommandLine;
using BdSync.Protocol;
using BdSync.Protocol.Planning;

namespace BdSync.Cli.Tests.CommandLine;

public class StockCommandLineTests
{
    [Theory]
    [InlineData("--server --patch")]
    [InlineData("--warndev a b c")]
    [InlineData("--server --warndev")]
    [InlineData("--patch --zeroblocks")]
    [InlineData("--server --hash=md5")]
    [InlineData("--patch --hash=md5")]
    [InlineData("--server --checksum=md5")]
    [InlineData("--patch --checksum=md5")]
    [InlineData("--patch --threads=2")]
    [InlineData("--server --force")]
    [InlineData("--force a b c")]
    [InlineData("a b")]
    [InlineData("a b c d")]
    [InlineData("--server a")]
    [InlineData("--patch a")]
    [InlineData("--verbose")]
    [InlineData("--blocksize=4k a b c")]
    [InlineData("--blocksize=0x1000 a b c")]
    [InlineData("--blocksize= a b c")]
    [InlineData("--blocksize=0 a b c")]
    [InlineData("--blocksize=-1 a b c")]
    [InlineData("--blocksize=2147483648 a b c")]
    [InlineData("--blocksize=99999999999999999999 a b c")]
    [InlineData("--threads=0 a b c")]
    [InlineData("--diffsize=foo a b c")]
    [InlineData("--diffsize=strict,foo a b c")]
    [InlineData("--diffsize=minsize,strict a b c")]
    [InlineData("--progress=foo a b c")]
    [InlineData("--bogus")]
    public void What_the_specification_refuses_is_refused_with_1(string words)
    {
        var exception = Assert.ThrowsAny<BdSyncException>(() => Parse(words));

        Assert.Equal(BdSyncExitStatus.Parameters, exception.ExitStatus);
    }

    [Theory]
    [InlineData(127, true)]
    [InlineData(128, false)]
    public void The_name_of_a_checksum_has_at_most_127_characters(int length, bool accepted)
    {
        var words = $"--checksum={new string('a', length)} a b c";

        Assert.Equal(accepted, Record.Exception(() => Parse(words)) is null);
    }

    [Theory]
    [InlineData("a b c", SizePolicy.Strict, false)]
    [InlineData("--diffsize a b c", SizePolicy.Resize, false)]
    [InlineData("--diffsize= a b c", SizePolicy.Resize, false)]
    [InlineData("--diffsize=warn a b c", SizePolicy.Resize, true)]
    [InlineData("--diffsize=,warn a b c", SizePolicy.Resize, true)]
    [InlineData("--diffsize=strict a b c", SizePolicy.Strict, false)]
    [InlineData("--diffsize=resize a b c", SizePolicy.Resize, false)]
    [InlineData("--diffsize=minsize,warn a b c", SizePolicy.MinSize, true)]
    [InlineData("--diffsize=warn,minsize a b c", SizePolicy.MinSize, true)]
    [InlineData("--diffsize=resize,resize a b c", SizePolicy.Resize, false)]
    public void Diffsize_is_understood(string words, SizePolicy policy, bool warn)
    {
        var options = Parse(words);

        Assert.Equal((policy, warn), (options.Client.SizePolicy, options.Client.WarnOfSizes));
        Assert.Equal((policy, warn), (options.Patcher.SizePolicy, options.Patcher.WarnOfSizes));
    }

    [Theory]
    [InlineData("--progress", ProgressStyle.Scroll)]
    [InlineData("--progress=noscroll", ProgressStyle.NoScroll)]
    [InlineData("--progress=bar", ProgressStyle.Bar)]
    internal void Progress_has_several_styles(string option, ProgressStyle style) => Assert.Equal(style, Parse($"{option} cmd l r").Progress);

    [Fact]
    public void Every_client_option_reaches_the_client()
    {
        var options = Parse("-b 512 -h SHA2-256 -c rmd160 -t -r -f -z -F -vv --progress=noscroll --threads=3 cmd l r");

        Assert.Equal(StockMode.Client, options.Mode);
        Assert.Equal(["cmd", "l", "r"], options.Operands);
        Assert.Equal(2, options.Verbosity);
        Assert.Equal(ProgressStyle.NoScroll, options.Progress);
        var expected = new BdSyncClientOptions
        {
            BlockSize = 512, Digest = "SHA2-256", Checksum = "rmd160", TwoPass = true, RemoteData = true, FixedSalt = true, ZeroBlocks = true, FlushCache = true, Threads = 3,
        };
        Assert.Equal(expected, options.Client);
    }

    [Fact]
    public void The_last_of_two_values_counts() => Assert.Equal(1024, Parse("-b 512 -b 1024 a b c").Client.BlockSize);

    [Theory]
    [InlineData(" 4096")]
    [InlineData("+4096")]
    public void A_number_may_be_written_as_the_C_tool_takes_it(string number) =>
        Assert.Equal(4096, StockCommandLine.Parse(["-b", number, "a", "b", "c"]).Client.BlockSize);

    [Fact]
    public void A_patch_device_is_only_what_is_glued_to_the_option()
    {
        Assert.Equal("/dev/x", Parse("--patch=/dev/x -w --force").PatchDevice);
        Assert.Null(Parse("--patch").PatchDevice);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--help")]
    [InlineData("-H a b")]
    public void Help_is_shown_on_request_and_where_there_is_nothing_to_do(string words) => Assert.Equal(StockMode.Help, Parse(words).Mode);

    [Fact]
    public void Every_option_is_in_the_help()
    {
        foreach (var definition in StockCommandLine.Definitions)
        {
            Assert.Contains($"--{definition.Name}", Usage.Text, StringComparison.Ordinal);
            if (definition.ShortName is { } letter)
            {
                Assert.Contains($"-{letter}, --{definition.Name}", Usage.Text, StringComparison.Ordinal);
            }
        }
    }

    private static StockOptions Parse(string words) => StockCommandLine.Parse(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
