namespace BdSync.Cli.CommandLine;

/// <summary>How progress is shown.</summary>
internal enum ProgressStyle
{
    None,

    /// <summary>A line for each report.</summary>
    Scroll,

    /// <summary>Each report overwrites the one before.</summary>
    NoScroll,

    /// <summary>A line that is drawn anew, for people; where there is no terminal, a line now and then.</summary>
    Bar,
}
