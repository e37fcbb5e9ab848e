using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Commands;

/// <summary><c>bdsync inspect</c> as a user runs it.</summary>
public sealed class InspectCommandTests : IDisposable
{
    private const string HostileName = "/dev/\e[31mred\a\u202e<&>";

    private readonly TemporaryFolder folder = new();
    private readonly byte[] patch = new RawPatch(1_000_000, HostileName).Record(0, new byte[5000]).Record(5000, new byte[96]).Record(600_000, [1]).End("m\e[5md5", [0xAB, 0xCD]);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_whole_patch_is_shown_and_ends_with_0()
    {
        var result = BdSyncProgram.Run("inspect", folder.CreateFile("a.patch", patch));
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        var text = ToText(result);
        Assert.Contains("a.patch: a whole patch, 5.1 KiB (5", text, StringComparison.Ordinal);
        Assert.Contains("/dev/\\u{1B}[31mred\\u{7}\\u{202E}<&>, 976.6 KiB (1000000 bytes)", text, StringComparison.Ordinal);
        Assert.Contains("changed   5.0 KiB (5097 bytes) in 3 records, 2 extents", text, StringComparison.Ordinal);
        Assert.Contains("5.0 KiB   at offset 0\n            1 B       at offset 600000\n", text, StringComparison.Ordinal);
        Assert.Contains("checksum  m\\u{1B}[5md5 abcd", text, StringComparison.Ordinal);
        Assert.Contains("A cell is 1 KiB.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DAMAGED, good up to offset 5", -20)]
    [InlineData("DAMAGED, good up to offset 4", 2000)]
    [InlineData("NO PATCH", 15)]
    [InlineData("NO PATCH", 0)]
    public void A_truncated_patch_is_shown_as_far_as_it_is_good_and_ends_with_2(string state, int length)
    {
        var result = BdSyncProgram.Run(length < 0 ? patch[..^-length] : patch[..length], ["inspect", "-"]);
        Assert.Equal((2, ""), (result.ExitCode, result.Errors));
        Assert.Contains(state, ToText(result), StringComparison.Ordinal);
        Assert.Equal(length is < 0 or > 100, ToText(result).Contains("A cell is", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd -q")]
    public void A_compressed_patch_is_read_from_a_pipe_and_from_a_file(string command)
    {
        Tool.Require(command.Split(' ')[0]);
        var path = folder.CreateFile("patch", patch);
        var result = BdSyncProgram.RunShell($"{command} -c {path} > {path}.packed; {BdSyncProgram.Path} inspect - {path}.packed < {path}.packed");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"standard input: a whole patch, 5.1 KiB ({patch.Length} bytes) decompressed, compressed by {command.Split(' ')[0]}\n", ToText(result), StringComparison.Ordinal);
        Assert.Contains("All 2 patches together", ToText(result), StringComparison.Ordinal);
    }

    [Fact]
    public void The_object_for_programs_has_everything()
    {
        var (whole, damaged) = (folder.CreateFile("whole", patch), folder.CreateFile("damaged", patch.AsSpan(0, 3000)));
        var result = BdSyncProgram.Run("inspect", "--json", whole, damaged, folder.GetPath("missing"));
        Assert.Equal((2, ""), (result.ExitCode, result.Errors));
        var root = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(1, root.GetProperty("version").GetInt32());
        var patches = root.GetProperty("patches").EnumerateArray().ToList();
        Assert.Equal(["whole", "damaged", "unreadable"], patches.Select(entry => entry.GetProperty("state").GetString()));
        Assert.Equal(HostileName, patches[0].GetProperty("device_name").GetString());
        Assert.Equal(5097, patches[0].GetProperty("extents").GetProperty("length").GetInt64());
        Assert.Equal("abcd", patches[0].GetProperty("checksum").GetProperty("digest").GetString());
        Assert.Contains("truncated", patches[1].GetProperty("problem").GetString(), StringComparison.Ordinal);
        var map = root.GetProperty("map");
        Assert.Equal(5097, map.GetProperty("changed_lengths").EnumerateArray().Sum(cell => cell.GetInt64()));
        Assert.Equal(map.GetProperty("changed_lengths").GetArrayLength(), map.GetProperty("touching_parts").GetArrayLength());
        Assert.Equal(2, map.GetProperty("parts").GetInt32());
    }

    [Fact]
    public void The_picture_is_written_whatever_the_names()
    {
        var path = folder.CreateFile("<\e&>", patch);
        Assert.Equal(0, BdSyncProgram.Run("inspect", path, path, "--svg", folder.GetPath("map.svg")).ExitCode);
        Assert.Equal("svg", XDocument.Load(folder.GetPath("map.svg")).Root!.Name.LocalName);
    }

    [Theory]
    [InlineData(1, "inspect")]
    [InlineData(1, "inspect --bogus patch")]
    [InlineData(1, "inspect - -")]
    [InlineData(1, "inspect patch --svg")]
    [InlineData(1, "inspect patch --svg -")]
    [InlineData(12, "inspect missing")]
    [InlineData(12, "inspect . patch")]
    [InlineData(9, "inspect patch --svg missing/map.svg")]
    [InlineData(9, "inspect patch > /dev/full")]
    [InlineData(9, "inspect --json patch > /dev/full")]
    [InlineData(141, "inspect $(yes patch | head -1000) | head -c 1; exit ${PIPESTATUS[0]}")]
    [InlineData(0, "inspect ./patch patch")]
    [InlineData(0, "inspect --help")]
    public void Whatever_is_wrong_has_its_exit_status(int status, string words)
    {
        folder.CreateFile("patch", patch);
        var result = BdSyncProgram.RunShell($"cd {folder.FullPath}; exec bash -c '{BdSyncProgram.Path} {words}'");
        Assert.Equal(status, result.ExitCode);
        Assert.DoesNotContain("unexpected", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LC_ALL=C COLUMNS=40", 40, false)]
    [InlineData("LC_ALL=C.UTF-8 COLUMNS=80", 80, true)]
    [InlineData("LC_ALL=C.UTF-8 TERM=xterm COLUMNS=200 NO_COLOR=1", 200, true)]
    public void In_a_pipe_there_are_no_escape_codes_and_the_map_fits_the_width(string environment, int width, bool isUnicode)
    {
        var path = folder.CreateFile("patch", patch);
        var text = ToText(BdSyncProgram.RunShell($"{environment} {BdSyncProgram.Path} inspect {path} {path}"));
        Assert.DoesNotContain(text, character => char.IsControl(character) && character != '\n');
        Assert.Equal(isUnicode, text.Contains('█', StringComparison.Ordinal));
        Assert.True(isUnicode || text.All(char.IsAscii));
        var map = text[text.LastIndexOf("     0 KiB", StringComparison.Ordinal)..];
        Assert.All(map.Split('\n'), line => Assert.InRange(line.Length, 0, width));
    }

    [Theory]
    [InlineData("TERM=xterm", true)]
    [InlineData("TERM=xterm NO_COLOR=1", false)]
    [InlineData("TERM=dumb", false)]
    public void On_a_terminal_there_are_colours_unless_they_are_not_wanted(string environment, bool hasColours)
    {
        Tool.Require("script");
        var path = folder.CreateFile("patch", patch);
        var result = BdSyncProgram.RunShell($"{environment} script -qec '{BdSyncProgram.Path} inspect {path}' /dev/null");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("A cell is", ToText(result), StringComparison.Ordinal);
        Assert.Equal(hasColours, ToText(result).Contains('\e', StringComparison.Ordinal));
    }

    private static string ToText(BdSyncProgram.Result result) => Encoding.UTF8.GetString(result.Output);
}
