using System.Globalization;
using System.Text;
using BdSync.Cli.Output.Live;

namespace BdSync.Cli.Tests.Output.Live;

/// <summary>A terminal as far as views need one: it wraps and scrolls, and knows the few sequences that they use. Any other fails the test.</summary>
internal sealed class EmulatedTerminal(int width, int height) : ILiveTerminal
{
    private readonly List<StringBuilder> lines = [new()];
    private int row;
    private int column;

    public LiveSize Size { get; private set; } = new(width, height);

    public bool IsFree { get; set; } = true;

    /// <summary>All that was written.</summary>
    public StringBuilder Written { get; } = new();

    public int WriteCount { get; private set; }

    /// <summary>What is to be seen, and what was scrolled away, without blanks at the ends.</summary>
    public string[] Lines => [.. lines.Select(line => line.ToString().TrimEnd()).Reverse().SkipWhile(line => line.Length == 0).Reverse()];

    /// <summary>Where the cursor is: how many lines below the first one that was ever written.</summary>
    public (int Row, int Column) Cursor => (row, column);

    public void Write(string text)
    {
        Written.Append(text);
        WriteCount++;
        for (var index = 0; index < text.Length; index++)
        {
            switch (text[index])
            {
                case '\r':
                    column = 0;
                    break;
                case '\n':
                    MoveDown();
                    column = 0;
                    break;
                case '\x1b':
                    var end = text.AsSpan(index + 2).IndexOfAnyInRange('@', '~') + index + 2;
                    Control(text[end], text[(index + 2)..end]);
                    index = end;
                    break;
                default:
                    Put(text[index]);
                    break;
            }
        }
    }

    /// <summary>Makes the window another size; lines are wrapped anew, as most terminals do.</summary>
    public void Resize(int width, int height)
    {
        var logical = lines.ConvertAll(line => line.ToString());
        var cursor = row;
        lines.Clear();
        foreach (var (index, text) in logical.Index())
        {
            row = index == cursor ? lines.Count : row;
            var pieces = text.Length == 0 ? [""] : text.Chunk(width).Select(piece => new string(piece));
            lines.AddRange(pieces.Select(piece => new StringBuilder(piece)));
        }

        Size = new(width, height);
    }

    private void Put(char character)
    {
        Assert.False(char.IsControl(character), $"A control character was written: {(int)character}");
        if (column == Size.Width)
        {
            MoveDown();
            column = 0;
        }

        var line = lines[row];
        line.Append(' ', Math.Max(0, column + 1 - line.Length));
        line[column++] = character;
    }

    private void MoveDown()
    {
        if (++row == lines.Count)
        {
            lines.Add(new());
        }
    }

    private void Control(char command, string parameters)
    {
        switch (command)
        {
            case 'A':
                var top = Math.Max(0, lines.Count - Size.Height);
                row = Math.Max(top, row - int.Parse(parameters, CultureInfo.InvariantCulture));
                break;
            case 'K' when parameters == "0":
                lines[row].Length = Math.Min(lines[row].Length, column);
                break;
            case 'J' when parameters == "0":
                lines[row].Length = Math.Min(lines[row].Length, column);
                lines.RemoveRange(row + 1, lines.Count - row - 1);
                break;
            case 'm':
                break;
            default:
                Assert.Fail($"An unknown sequence was written: {parameters}{command}");
                break;
        }
    }
}
