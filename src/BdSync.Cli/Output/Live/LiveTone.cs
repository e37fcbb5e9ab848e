namespace BdSync.Cli.Output.Live;

/// <summary>What a piece of text in a view means, which decides its colour.</summary>
internal enum LiveTone
{
    Plain,

    /// <summary>Headings, and what waits or is of little interest.</summary>
    Quiet,

    /// <summary>What is under way.</summary>
    Active,

    /// <summary>What went well.</summary>
    Good,

    /// <summary>What was stopped or left out.</summary>
    Warning,

    /// <summary>What failed.</summary>
    Bad,
}
