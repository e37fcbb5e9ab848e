namespace BdSync.Cli.Output.Live;

/// <summary>A line of a view. Immutable.</summary>
/// <param name="spans">Its pieces, from left to right.</param>
internal sealed class LiveLine(IReadOnlyList<LiveSpan> spans) : IEquatable<LiveLine>
{
    public IReadOnlyList<LiveSpan> Spans { get; } = spans;

    public string Text => string.Concat(Spans.Select(span => span.Text));

    /// <summary>How many columns of the terminal it takes.</summary>
    public int Width { get; } = spans.Sum(span => CellText.Measure(span.Text));

    public bool Equals(LiveLine? other) => other is not null && Spans.SequenceEqual(other.Spans);

    public override bool Equals(object? obj) => Equals(obj as LiveLine);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}
