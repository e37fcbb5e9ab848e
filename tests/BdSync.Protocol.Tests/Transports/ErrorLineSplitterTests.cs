using System.Text;
using BdSync.Protocol.Transports;

namespace BdSync.Protocol.Tests.Transports;

/// <summary>What a remote command says reaches a terminal as lines and without control sequences.</summary>
public class ErrorLineSplitterTests
{
    public static TheoryData<string, string[]> Texts => new()
    {
        { "", [] },
        { "one\n", ["one"] },
        { "one\ntwo\n", ["one", "two"] },
        { "one\ntwo", ["one", "two"] },
        { "one\r\ntwo\r\n", ["one", "two"] },
        { "\n\n", ["", ""] },
        { "\e[31mred\e[0m\n", ["[31mred[0m"] },
        { "a\tb\bc\ad\0e\u007Ff\u009Bg\n", ["abcdefg"] },
        { "grün €\n", ["grün €"] },
        { "\U0001F600\n", ["\U0001F600"] },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_is_cut_into_lines_whatever_the_portions(string text, string[] lines)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        foreach (var portion in new[] { 1, 2, 3, 1000 })
        {
            Assert.Equal(lines, Split(bytes.Chunk(portion)));
        }
    }

    [Fact]
    public void Line_over_the_cap_is_cut()
    {
        var text = Encoding.ASCII.GetBytes(new string('x', (2 * ErrorLineSplitter.MaxLineLength) + 5) + "\n");
        Assert.Equal([ErrorLineSplitter.MaxLineLength, ErrorLineSplitter.MaxLineLength, 5], Split([text]).Select(line => line.Length));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_replaced() => Assert.Equal(["a\uFFFDb"], Split([[(byte)'a', 0xFF, (byte)'b', (byte)'\n']]));

    private static List<string> Split(IEnumerable<byte[]> portions)
    {
        List<string> lines = [];
        var splitter = new ErrorLineSplitter(lines.Add);
        foreach (var portion in portions)
        {
            splitter.Append(portion);
        }

        splitter.Complete();
        return lines;
    }
}
