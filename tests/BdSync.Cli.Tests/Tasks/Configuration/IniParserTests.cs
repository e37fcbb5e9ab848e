using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Configuration.Ini;
using BdSync.TestUtilities;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Cli.Tests.Tasks.Configuration;

public class IniParserTests
{
    [Theory]
    [InlineData("[x]\na = 1\nB: 2", "x|a=1|b=2")]
    [InlineData("[x]\r\na=1\r\n\r\n[y]\rb=2\r", "x|a=1;y|b=2")]
    [InlineData("\uFEFF[x]\na=1", "x|a=1")]
    [InlineData("[ x ] # not looked at\n  a  =  1  ", " x |a=1")]
    [InlineData("[a]b]\n[X]\n[x]\n[default]", "a]b;X;x;default")]
    [InlineData("# c\n  ; c\n[x]\na = 1 # no comment\n   #b = 2", "x|a=1 # no comment")]
    [InlineData("[x]\na = 1\n  2\n  # c\n\n  3\n\nb = 4", "x|a=1\n2\n\n3|b=4")]
    [InlineData("[x]\na =\n 1\n", "x|a=\n1")]
    [InlineData("[x]\n a = 1\n b = 2\nc = 3\n  d = 4", "x|a=1|b=2|c=3\nd = 4")]
    [InlineData("[x]\na =\nb:\nc = d = e:f", "x|a=|b=|c=d = e:f")]
    [InlineData("[x]\nkey with blanks = 1\n[y] = 2", "x|key with blanks=1;y")]
    [InlineData("[x]\n# \0\na = 1", "x|a=1")]
    [InlineData("", "")]
    public void What_configparser_takes_is_taken(string text, string expected) => Assert.Equal(expected, Show(Parse(text)));

    [Fact]
    public void DEFAULT_may_stand_anywhere_and_twice()
    {
        var file = Parse("[DEFAULT]\na = 1\n[x]\nb = 2\n[DEFAULT]\nc = 3");
        Assert.Equal(["a", "c"], file.Defaults.Entries.Select(entry => entry.Key));
        Assert.Equal("x|b=2", Show(file));
        Assert.Equal((3, 4, 6), (file.Sections[0].Line, file.Sections[0].Entries[0].Line, file.Defaults.Entries[1].Line));
    }

    [Theory]
    [InlineData("a = 1\n[x]", "f:1: 'a = 1' stands before the first section; [NAME] has to come first.")]
    [InlineData("[]\n", "f:1: '[]' stands before the first section; [NAME] has to come first.")]
    [InlineData("[x]\n\njunk", "f:3: [x] 'junk' is no section, no comment, and has no = or : behind a key.")]
    [InlineData("[x]\n[y", "f:2: [x] '[y' is no section, no comment, and has no = or : behind a key.")]
    [InlineData("[x]\n= 1", "f:2: [x] '= 1' has no key before its =.")]
    [InlineData("[x]\n:1", "f:2: [x] ':1' has no key before its :.")]
    [InlineData("[x]\na=1\nb=2\nA: 3", "f:4: [x] a: the section has this key already; one of them is allowed.")]
    [InlineData("[DEFAULT]\na=1\n[DEFAULT]\na=2", "f:4: [DEFAULT] a: the section has this key already; one of them is allowed.")]
    [InlineData("[x]\n[y]\n[x]", "f:3: [x] the section stands in line 1 already; one of them is allowed.")]
    [InlineData("[x]\nju\u001bnk", "f:2: [x] 'ju?nk' is no section, no comment, and has no = or : behind a key.")]
    public void What_configparser_refuses_is_refused(string text, string message) => Assert.Equal(message, Refuse(text));

    [Fact]
    public void Every_fault_gets_a_line_up_to_a_limit()
    {
        Assert.Equal(["f:2: [x]", "f:4: [x]", "f:6: [y]"], Refuse("[x]\njunk\na=1\njunk\n[y]\n=3").Split('\n').Select(line => line[..8]));
        var lines = Refuse($"[x]\n{string.Concat(Enumerable.Repeat("junk\n", 150))}").Split('\n');
        Assert.Equal((101, "… and 50 more."), (lines.Length, lines[^1]));
    }

    [Fact]
    public void A_long_line_is_not_repeated_whole() =>
        Assert.InRange(Refuse($"[{new string('s', 100_000)}]\n{new string('j', 100_000)}").Length, 1, 1000);

    [Fact]
    public void Sections_and_keys_are_counted()
    {
        Assert.Equal(10_000, Parse(MakeSections(10_000)).Sections.Count);
        Assert.Equal("f:10001: [s10001] there are more than 10000 sections.", Refuse(MakeSections(10_001)));
        Assert.Equal(1000, Parse(MakeKeys(1000)).Sections[0].Entries.Count);
        Assert.Equal("f:1002: [x] k1001: the section has more than 1000 keys.", Refuse(MakeKeys(1001)));
    }

    [Fact]
    public void A_file_may_have_a_mebibyte()
    {
        using var folder = new TemporaryFolder();
        var fits = folder.CreateFile("fits", [.. "[x]\n#"u8, .. Enumerable.Repeat((byte)'c', (1 << 20) - 5)]);
        Assert.Equal("x", Show(IniFile.Read(fits)));
        File.AppendAllText(fits, "c");
        Assert.Equal($"{fits}: the file has more than 1048576 bytes, which is the most that is allowed.", Assert.Throws<ConfigurationException>(() => IniFile.Read(fits)).Message);
        Assert.Contains("1048576 bytes", Assert.Throws<ConfigurationException>(() => IniFile.Read("/dev/zero")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_can_not_be_read_is_named()
    {
        using var folder = new TemporaryFolder();
        var latin = folder.CreateFile("latin", [.. "[x]\na = 1\nb = "u8, 0xE4]);
        Assert.Equal($"{latin}:3: the file is not in UTF-8.", Assert.Throws<ConfigurationException>(() => IniFile.Read(latin)).Message);
        foreach (var path in new[] { folder.GetPath("none"), folder.FullPath, "" })
        {
            Assert.StartsWith($"{path}: the file can't be read: ", Assert.Throws<ConfigurationException>(() => IniFile.Read(path)).Message, StringComparison.Ordinal);
        }

        Assert.Empty(IniFile.Read("/dev/null").Sections);
    }

    [Property]
    public Property What_is_written_is_read()
    {
        var word = Gen.Elements("a", "b=c", "d:", "%", "[e]", "# f", "ü", "\u001b", "g h").ListOf().Select(parts => string.Join(' ', parts.Prepend("v")));
        var section = word.ListOf(3).ListOf();
        return Prop.ForAll(section.ListOf().ToArbitrary(), sections =>
        {
            var text = string.Concat(sections.Select((values, index) => $"[s{index}]\n{string.Concat(values.Select((lines, key) => $"k{key} = {string.Join("\n  ", lines)}\n"))}"));
            var expected = string.Join(';', sections.Select((values, index) => string.Concat(values.Select((lines, key) => $"|k{key}={string.Join('\n', lines)}").Prepend($"s{index}"))));
            Assert.Equal(expected, Show(Parse(text)));
        });
    }

    [Property]
    public void Any_text_is_read_or_refused(string[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        try
        {
            _ = Parse(string.Join('\n', parts));
        }
        catch (ConfigurationException exception)
        {
            Assert.StartsWith("f:", exception.Message, StringComparison.Ordinal);
        }
    }

    private static string MakeSections(int count) => string.Join('\n', Enumerable.Range(1, count).Select(index => $"[s{index}]"));

    private static string MakeKeys(int count) => $"[x]\n{string.Join('\n', Enumerable.Range(1, count).Select(index => $"k{index}="))}";

    private static IniFile Parse(string text) => new IniParser("f").Parse(text);

    private static string Refuse(string text) => Assert.Throws<ConfigurationException>(() => Parse(text)).Message;

    private static string Show(IniFile file) =>
        string.Join(';', file.Sections.Select(section => string.Concat(section.Entries.Select(entry => $"|{entry.Key}={entry.Value}").Prepend(section.Name))));
}
