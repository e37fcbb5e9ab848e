namespace BdSync.Cli.Output.Live;

/// <summary>Which columns a line has, and how wide they are; 0 for one that is left out. Two blanks are between two columns.</summary>
internal sealed record LiveColumns
{
    public const int Gap = 2;

    /// <summary>Room for each word: <c>transfer</c>, <c>snapshot</c>, <c>disabled</c>, <c>stopping</c>.</summary>
    public const int WordWidth = 8;

    private const int MinNameWidth = 8;
    private const int GoodNameWidth = 16;
    private const int MaxNameWidth = 32;
    private const int MinBarWidth = 6;
    private const int GoodBarWidth = 12;
    private const int MaxBarWidth = 40;

    public int Name { get; private init; }

    public int Word { get; private init; }

    public int Bar { get; private init; }

    public int Percentage { get; private init; }

    /// <summary>The source's; the target's is the same.</summary>
    public int Rate { get; private init; }

    public int Time { get; private init; }

    public int Differing { get; private init; }

    /// <summary>What is between <see cref="Word"/> and <see cref="Time"/>, where a note may stand in the place of all.</summary>
    public int Middle => Join(Bar, Percentage, Rate, Rate);

    /// <summary>Chooses as many columns as fit, the most important ones first; what is left goes to name and bar.</summary>
    /// <param name="room">How wide a line may be: at least 1.</param>
    /// <param name="longestName">The width of the longest name; 0 where there are none.</param>
    public static LiveColumns Choose(int room, int longestName)
    {
        var columns = new LiveColumns { Name = Math.Min(Math.Min(longestName, MinNameWidth), room) };
        ReadOnlySpan<Func<LiveColumns, LiveColumns>> byImportance =
        [
            known => known with { Word = WordWidth },
            known => known with { Time = LiveNumbers.TimeWidth },
            known => known with { Percentage = LiveNumbers.PercentageWidth },
            known => known with { Bar = MinBarWidth },
            known => known with { Differing = LiveNumbers.SizeWidth },
            known => known with { Rate = LiveNumbers.RateWidth },
        ];
        foreach (var add in byImportance)
        {
            var wider = add(columns);
            if (wider.Width > room)
            {
                break;
            }

            columns = wider;
        }

        foreach (var (name, bar) in new[] { (GoodNameWidth, GoodBarWidth), (MaxNameWidth, MaxBarWidth) })
        {
            columns = columns with { Name = Grow(columns.Name, Math.Min(longestName, name), room - columns.Width) };
            columns = columns.Bar == 0 ? columns : columns with { Bar = Grow(columns.Bar, bar, room - columns.Width) };
        }

        return columns;
    }

    private int Width => Join(Name, Word, Middle, Time, Differing);

    private static int Join(params ReadOnlySpan<int> widths)
    {
        var sum = 0;
        foreach (var width in widths)
        {
            sum += width == 0 ? 0 : sum == 0 ? width : width + Gap;
        }

        return sum;
    }

    private static int Grow(int width, int wanted, int room) => width + Math.Max(0, Math.Min(wanted - width, room));
}
