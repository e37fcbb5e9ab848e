namespace BdSync.Cli.Output.Live;

/// <summary>What a view shows of one task at one moment. Immutable; null for what is not known or does not apply.</summary>
/// <param name="Name">Its name, as it is in the file: any text; empty for none.</param>
/// <param name="State">How it is faring.</param>
/// <param name="Word">The same for people, or what it is doing: at most <see cref="LiveColumns.WordWidth"/> ASCII letters.</param>
internal sealed record LiveEntry(string Name, LiveState State, string Word)
{
    /// <summary>How much is done, from 0 to 1.</summary>
    public double? Fraction { get; init; }

    /// <summary>Bytes per second that are read of the source.</summary>
    public long? SourceRate { get; init; }

    /// <summary>Bytes per second that are read of the target.</summary>
    public long? TargetRate { get; init; }

    /// <summary>How long it is going to take still. It wins over <see cref="Elapsed"/>.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>How long it has taken.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>How many bytes differ.</summary>
    public long? DifferingBytes { get; init; }

    /// <summary>What is to be said of it, in the place of bar and rates: any text.</summary>
    public string? Note { get; init; }
}
