using BdSync.Cli.CommandLine;
using BdSync.Protocol;

namespace BdSync.Cli.Tests.CommandLine;

/// <summary>The options that the C tool does not have.</summary>
public class AddedOptionsTests
{
    [Theory]
    [InlineData("--local --server a b")]
    [InlineData("--local --patch a b")]
    [InlineData("--local a")]
    [InlineData("--local a b c")]
    [InlineData("--local --hash=md5 a b")]
    [InlineData("--local --channels=2 a b")]
    [InlineData("--local --force a b")]
    [InlineData("--local --warndev a b")]
    [InlineData("--local=yes a b")]
    [InlineData("--apply a b")]
    [InlineData("--apply a b c")]
    [InlineData("--apply --patch")]
    [InlineData("--apply --server")]
    [InlineData("--local --apply --remdata a b")]
    [InlineData("--local --apply --checksum=md5 a b")]
    [InlineData("--channels=0 a b c")]
    [InlineData("--channels=-1 a b c")]
    [InlineData("--channels=65 a b c")]
    [InlineData("--channels=x a b c")]
    [InlineData("--channels= a b c")]
    [InlineData("--channels")]
    [InlineData("--server --channels=2")]
    [InlineData("--patch --channels=2")]
    [InlineData("--undo=f a b c")]
    [InlineData("--server --undo=f")]
    [InlineData("--local --apply --undo=f a b")]
    [InlineData("--patch --undo")]
    [InlineData("--patch --undo=")]
    [InlineData("--direct=yes a b c")]
    public void What_makes_no_sense_is_refused_with_1(string words) =>
        Assert.Equal(BdSyncExitStatus.Parameters, Assert.ThrowsAny<BdSyncException>(() => Parse(words)).ExitStatus);

    [Theory]
    [InlineData("--loca a b")]
    [InlineData("--l a b")]
    [InlineData("--local --appl a b")]
    [InlineData("--local --a a b")]
    [InlineData("--channel=2 a b c")]
    [InlineData("--chan=2 a b c")]
    [InlineData("--direc a b c")]
    [InlineData("--dir a b c")]
    [InlineData("--thread=2 a b c")]
    [InlineData("--patch --forc")]
    [InlineData("--patch --und=f")]
    [InlineData("--patch --u=f")]
    [InlineData("--versio")]
    public void They_can_not_be_abbreviated(string words) =>
        Assert.StartsWith("unrecognized option", Assert.Throws<UsageException>(() => Parse(words)).Message, StringComparison.Ordinal);

    // What the C tool's users may have in their scripts.
    [Theory]
    [InlineData("--d=minsize a b c")]
    [InlineData("--di=minsize a b c")]
    [InlineData("--c=md5 a b c")]
    [InlineData("--ch=md5 a b c")]
    public void They_leave_abbreviations_of_others_alone(string words) => Assert.Equal(StockMode.Client, Parse(words).Mode);

    [Fact]
    public void Local_takes_what_is_about_comparing()
    {
        var options = Parse("--local --direct -b 512 -c md5 -t -r -z -F -dminsize --threads=2 --progress x y");
        Assert.Equal((StockMode.Local, false, true), (options.Mode, options.Apply, options.Direct));
        Assert.Equal(["x", "y"], options.Operands);
        Assert.Equal((512, "md5", true, true, true, true, 2), (options.Client.BlockSize, options.Client.Checksum, options.Client.TwoPass, options.Client.RemoteData, options.Client.ZeroBlocks, options.Client.FlushCache, options.Client.Threads));
    }

    [Fact]
    public void Apply_goes_with_local_and_may_be_forced()
    {
        var options = Parse("--local --apply --force --direct --diffsize x y");
        Assert.Equal((StockMode.Local, true, true, true), (options.Mode, options.Apply, options.Force, options.Direct));
    }

    [Theory]
    [InlineData("a b c", 1)]
    [InlineData("--channels=1 a b c", 1)]
    [InlineData("--channels 3 a b c", 3)]
    [InlineData("--channels=64 a b c", 64)]
    public void Channels_are_counted(string words, int count) => Assert.Equal(count, Parse(words).Client.Channels);

    [Theory]
    [InlineData("a b c", false)]
    [InlineData("--direct a b c", true)]
    [InlineData("--server --direct", true)]
    [InlineData("--patch --direct", true)]
    [InlineData("--patch=/dev/x", false)]
    public void Direct_goes_with_every_mode(string words, bool direct) => Assert.Equal(direct, Parse(words).Direct);

    [Theory]
    [InlineData("--patch --undo=f", "f")]
    [InlineData("--patch=/dev/x --undo f --force -dresize", "f")]
    [InlineData("--patch", null)]
    public void Undo_goes_with_patch(string words, string? path) => Assert.Equal(path, Parse(words).UndoPath);

    [Theory]
    [InlineData("--hash=auto a b c", "auto")]
    [InlineData("--hash=xxh64 a b c", "xxh64")]
    [InlineData("a b c", null)]
    public void The_hash_reaches_the_client(string words, string? digest) => Assert.Equal(digest, Parse(words).Client.Digest);

    private static StockOptions Parse(string words) => StockCommandLine.Parse(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
