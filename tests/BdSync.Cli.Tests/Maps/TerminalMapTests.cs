using System.Text.RegularExpressions;
using BdSync.Cli.Maps;
using BdSync.Cli.Output;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Cli.Tests.Maps;

public partial class TerminalMapTests
{
    private const long Gibibyte = 1L << 30;

    [Property(MaxTest = 200)]
    public Property It_fits_any_width_and_draws_what_the_terminal_can_show() => Prop.ForAll(
        CellExample.Any, Arb.From(Gen.Choose(20, 300)), Arb.From(Gen.Choose(0, 7)), (example, width, flags) =>
        {
            var style = new TextStyle { Width = width, IsUnicode = (flags & 1) != 0, HasColours = (flags & 2) != 0 };
            var parts = Enumerable.Repeat((example with { MaxCount = DeviceCells.MaxCount }).CreateCells(), (flags & 4) != 0 ? 3 : 1).ToList();
            var lines = TerminalMap.Draw(parts, style);
            Assert.Equal(example.DeviceLength == 0, lines.Count == 0);
            foreach (var line in lines)
            {
                Assert.True(Visible(line).Length <= width, line);
                Assert.True(style.HasColours || !line.Contains('\e', StringComparison.Ordinal), line);
                Assert.True(style.IsUnicode || line.All(char.IsAscii), line);
                Assert.DoesNotContain(Visible(line), char.IsControl);
            }
        });

    [Fact]
    public void Offsets_are_round_and_exact_and_the_legend_says_what_a_cell_is()
    {
        var cells = new DeviceCells((2 * Gibibyte) + 1);
        cells.Add(new(0, 200_000_000));
        cells.Add(new(Gibibyte, 1));
        cells.Add(new(2 * Gibibyte, 1));
        Assert.Equal(
            [
                "     0 MiB ################################################................",
                "   256 MiB ................................................................",
                "   512 MiB ................................................................",
                "   768 MiB ................................................................",
                "  1024 MiB :...............................................................",
                "  1280 MiB ................................................................",
                "  1536 MiB ................................................................",
                "  1792 MiB ................................................................",
                "  2048 MiB #",
                "A cell is 4 MiB.  . unchanged  : < 1 %  + < 10 %  * < 50 %  # 50 % and more",
            ],
            TerminalMap.Draw([cells], new TextStyle()));
    }

    [Fact]
    public void What_is_not_known_yet_stays_blank()
    {
        var lines = TerminalMap.Draw([new DeviceCells(2 * Gibibyte)], new TextStyle(), knownLength: Gibibyte + 1, maxRows: 4);
        Assert.Equal(["     0 MiB " + new string('.', 64), "   512 MiB " + new string('.', 64), "  1024 MiB .", "  1536 MiB "], lines.Take(4));
    }

    [Fact]
    public void The_largest_device_has_a_map()
    {
        var cells = new DeviceCells(long.MaxValue);
        cells.Add(new(long.MaxValue - 1, 1));
        var lines = TerminalMap.Draw([cells], new TextStyle());
        Assert.StartsWith("     0 PiB ", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(".:", lines[15], StringComparison.Ordinal);
    }

    private static string Visible(string line) => EscapeSequence().Replace(line, "");

    [GeneratedRegex(@"\e\[[0-9;]*m")]
    private static partial Regex EscapeSequence();
}
