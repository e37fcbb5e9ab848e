using System.Text;
using BdSync.Protocol.Transports.Ssh.Trust;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Transports.Ssh.Trust;

/// <summary>Files as people have them: missing, damaged, of another kind, or very long.</summary>
public sealed class KnownHostsFileTests(TestKeys keys) : IClassFixture<TestKeys>, IDisposable
{
    private readonly TestKeys keys = keys.Require();
    private readonly TemporaryFolder folder = new();
    private readonly List<string> warnings = [];

    public static TheoryData<string, string> BrokenLines => new()
    {
        { "h", "lacks host names, a key type or a key" },
        { "h ssh-ed25519", "lacks host names, a key type or a key" },
        { "h # a comment", "lacks host names, a key type or a key" },
        { "@revoked", "lacks host names, a key type or a key" },
        { "@unknown h KEY", "neither @cert-authority nor @revoked" },
        { "@revoked @cert-authority h KEY", "more than one marker" },
        { "h ssh-rsa BLOB", "damaged or not of the type" },
        { "h ssh-ed25519 AAAA", "damaged or not of the type" },
        { "h ssh-ed25519 !!!!", "damaged or not of the type" },
        { "h 1024 35 1234567", "damaged or not of the type" },
        { "|1|AAAA|AAAA KEY", "hashed name" },
        { "|2|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= KEY", "hashed name" },
        { "|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg=,h KEY", "hashed name" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(BrokenLines))]
    public void Broken_line_is_passed_over_with_a_warning_that_says_which(string line, string problem)
    {
        line = line.Replace("KEY", keys.Ed25519, StringComparison.Ordinal).Replace("BLOB", keys.Ed25519.Split(' ')[1], StringComparison.Ordinal);
        var file = Create($"# hosts\n{line}\nh {keys.Rsa}\n");

        Assert.Equal([3], Find(file, "h").Select(entry => entry.Line));
        var warning = Assert.Single(warnings);
        Assert.StartsWith($"{file}:2 ", warning, StringComparison.Ordinal);
        Assert.Contains(problem, warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_blanks_tabs_and_line_ends_of_other_systems_are_read()
    {
        var file = Create($"# h {keys.Rsa}\r\n\r\n  \t\r\n\t h,other \t {keys.Ed25519.Replace(' ', '\t')}   with a comment\r\n@revoked\th {keys.Ecdsa}\r\nh {keys.Rsa}");

        var entries = Find(file, "h");

        Assert.Equal([(4, KnownHostMarker.None, keys.Ed25519), (5, KnownHostMarker.Revoked, keys.Ecdsa), (6, KnownHostMarker.None, keys.Rsa)],
            entries.Select(entry => (entry.Line, entry.Marker, entry.Key.ToString())));
        Assert.Empty(warnings);
    }

    [Fact]
    public void Fingerprint_is_what_ssh_keygen_shows()
    {
        foreach (var name in new[] { "ed25519", "ecdsa", "rsa" })
        {
            var key = File.ReadAllText(keys.GetPath(name) + ".pub").Trim();
            var entry = Assert.Single(Find(Create($"h {key}\n"), "h"));
            Assert.Equal(OpenSsh.RunOrFail("ssh-keygen", "-l", "-f", keys.GetPath(name)).Split(' ')[1], entry.Key.Fingerprint);
        }
    }

    [Fact]
    public void Missing_files_and_folders_and_the_null_device_have_no_hosts()
    {
        Assert.Empty(Find(folder.GetPath("missing"), "h"));
        Assert.Empty(Find(folder.GetPath("missing/known_hosts"), "h"));
        Assert.Empty(Find("/dev/null", "h"));
        Assert.Empty(Find(Create(""), "h"));
        Assert.Empty(warnings);
    }

    [Fact]
    public void File_that_can_not_be_read_is_reported()
    {
        Assert.False(TryFind(folder.FullPath, "h", out _));
        Assert.Contains(folder.FullPath, Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_never_ends_is_read_up_to_the_cap()
    {
        Assert.False(TryFind("/dev/zero", "h", out var entries));
        Assert.Empty(entries);
        Assert.Contains("64 MiB", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LineReader.MaxLineLength, false)]
    [InlineData(LineReader.MaxLineLength + 1, true)]
    [InlineData((3 * LineReader.MaxLineLength) + 5, true)]
    public void Line_over_the_cap_is_passed_over(int length, bool isTooLong)
    {
        var line = $"h {keys.Ed25519} ".PadRight(length, 'x');
        var file = Create($"{line}\nh {keys.Rsa}\n{line}");

        Assert.Equal(isTooLong ? [2] : [1, 2, 3], Find(file, "h").Select(entry => entry.Line));
        Assert.Equal(isTooLong ? 2 : 0, warnings.Count);
    }

    [Fact]
    public void File_of_another_kind_gives_few_warnings()
    {
        Find(Create(string.Concat(Enumerable.Repeat("nonsense\n", 1000))), "h");
        Assert.Equal(KnownHostsFile.MaxWarnings + 1, warnings.Count);
    }

    [Fact]
    public void Thousands_of_hashed_lines_cost_no_memory_a_line()
    {
        var line = $"|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= {keys.Ed25519}\n";
        var small = Create(string.Concat(Enumerable.Repeat(line, 10)), "small");
        var large = Create(string.Concat(Enumerable.Repeat(line, 20_000)), "large");
        var expected = Measure(small);
        Assert.InRange(Measure(large), 0, expected + 16_384);

        long Measure(string file)
        {
            Find(file, "h");
            var before = GC.GetAllocatedBytesForCurrentThread();
            Find(file, "h");
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private string Create(string text, string name = "known_hosts") => folder.CreateFile(name, Encoding.UTF8.GetBytes(text));

    private List<KnownHostEntry> Find(string file, string name)
    {
        Assert.True(TryFind(file, name, out var entries));
        return entries;
    }

    private bool TryFind(string file, string name, out List<KnownHostEntry> entries)
    {
        entries = [];
        return KnownHostsFile.TryFind(file, LookupNames.Create(TestHost.Create(name, 22, file)), warnings.Add, entries);
    }
}
