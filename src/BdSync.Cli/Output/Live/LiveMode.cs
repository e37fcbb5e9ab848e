namespace BdSync.Cli.Output.Live;

/// <summary>When a run has a view.</summary>
internal enum LiveMode
{
    /// <summary>Where standard error is a terminal that can show it, and the log isn't for programs.</summary>
    Auto,

    Never,
}
