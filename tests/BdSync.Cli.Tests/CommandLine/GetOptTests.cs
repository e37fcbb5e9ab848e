using BdSync.Cli.CommandLine;

namespace BdSync.Cli.Tests.CommandLine;

public class GetOptTests
{
    [Theory]
    [InlineData("a --twopass b", "twopass", "a b")]
    [InlineData("-tz a", "twopass zeroblocks", "a")]
    [InlineData("-b512 a", "blocksize=512", "a")]
    [InlineData("-b 512 a", "blocksize=512", "a")]
    [InlineData("-tb512", "twopass blocksize=512", "")]
    [InlineData("--blocksize=512", "blocksize=512", "")]
    [InlineData("--blocksize 512 a", "blocksize=512", "a")]
    [InlineData("--blocksize=", "blocksize=", "")]
    [InlineData("--patch /dev/x", "patch", "/dev/x")]
    [InlineData("--patch=/dev/x", "patch=/dev/x", "")]
    [InlineData("-p/dev/x", "patch=/dev/x", "")]
    [InlineData("-p /dev/x", "patch", "/dev/x")]
    [InlineData("-dresize,warn", "diffsize=resize,warn", "")]
    [InlineData("-vp", "verbose patch", "")]
    [InlineData("-pv", "patch=v", "")]
    [InlineData("--diff=resize", "diffsize=resize", "")]
    [InlineData("--two", "twopass", "")]
    [InlineData("--pat", "patch", "")]
    [InlineData("a -- --twopass -b", "", "a --twopass -b")]
    [InlineData("- a", "", "- a")]
    [InlineData("-v -v --verbose", "verbose verbose verbose", "")]
    public void Words_are_parsed_as_getopt_long_does(string words, string options, string operands)
    {
        var (parsed, rest) = Parse(words);

        Assert.Equal(options, string.Join(' ', parsed.Select(option => option.Definition.Name + (option.Value is null ? "" : "=" + option.Value))));
        Assert.Equal(operands, string.Join(' ', rest));
    }

    [Theory]
    [InlineData("--bogus", "unrecognized option '--bogus'")]
    [InlineData("--p", "option '--p' is ambiguous; possibilities: '--patch' '--progress'")]
    [InlineData("--f", "option '--f' is ambiguous; possibilities: '--fixedsalt' '--flushcache'")]
    [InlineData("-P", "invalid option -- 'P'")]
    [InlineData("-tP", "invalid option -- 'P'")]
    [InlineData("--fixedsalt=2", "option '--fixedsalt' doesn't allow an argument")]
    [InlineData("--blocksize", "option '--blocksize' requires an argument")]
    [InlineData("-b", "option requires an argument -- 'b'")]
    public void What_getopt_long_refuses_is_refused(string words, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => Parse(words)).Message);

    // Scripts abbreviate: --ver has to stay --verbose, whatever is added here.
    [Theory]
    [InlineData("--ver", "verbose")]
    [InlineData("--v", "verbose")]
    [InlineData("--t", "twopass")]
    [InlineData("--version", "version")]
    [InlineData("--threads=2", "threads")]
    [InlineData("--force", "force")]
    public void Added_options_do_not_make_abbreviations_ambiguous(string word, string name) =>
        Assert.Equal(name, Assert.Single(Parse(word).Options).Definition.Name);

    private static (List<ParsedOption> Options, List<string> Operands) Parse(string words) =>
        new GetOpt(StockCommandLine.Definitions).Parse(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
