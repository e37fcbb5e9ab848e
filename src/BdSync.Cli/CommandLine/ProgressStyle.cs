namespace BdSync.Cli.CommandLine;

/// <summary>How progress is shown.</summary>
internal enum ProgressStyle
{
    None,

    /// <summary>A line for each report.</summary>
    Scroll,

    /// <summary>Each report overwrites the one before.</summary>
    NoScroll,
}
