using BdSync.Cli.CommandLine;
using BdSync.Cli.Restriction;

namespace BdSync.Cli.Tests.Restriction;

public sealed class PathPatternTests
{
    [Theory]
    [InlineData("/dev/vg0/*", "/dev/vg0/data", true)]
    [InlineData("/dev/vg0/*", "/dev/vg0", false)]
    [InlineData("/dev/vg0/*", "/dev/vg0/a/b", false)]
    [InlineData("/dev/vg0/*", "/dev/vg1/data", false)]
    [InlineData("/dev/vg0/*", "/dev/VG0/data", false)]
    [InlineData("/dev/*/data", "/dev/vg0/data", true)]
    [InlineData("/backup/*.img", "/backup/a.img", true)]
    [InlineData("/backup/*.img", "/backup/.a.img", false)]
    [InlineData("/backup/.*.img", "/backup/.a.img", true)]
    [InlineData("/backup/*.img", "/backup/a.img2", false)]
    [InlineData("/backup/*.img", "/backup/sub/a.img", false)]
    [InlineData("/backup/disk?", "/backup/disk1", true)]
    [InlineData("/backup/disk?", "/backup/disk", false)]
    [InlineData("/backup/disk?", "/backup/disk12", false)]
    [InlineData("/backup/a b.img", "/backup/a b.img", true)]
    [InlineData("/backup/**", "/backup/a/b", false)]
    [InlineData("/backup/[ab]", "/backup/a", false)]
    public void A_pattern_stands_for_names_of_one_folder(string pattern, string path, bool isMatch) => Assert.Equal(isMatch, PathPattern.Parse(pattern).IsMatch(path));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("relative")]
    [InlineData("/a/../b")]
    [InlineData("/a/./b")]
    [InlineData("//a")]
    [InlineData("/a/")]
    [InlineData(@"/a\*")]
    public void What_could_be_misunderstood_is_no_pattern(string pattern) => Assert.Throws<UsageException>(() => PathPattern.Parse(pattern));
}
