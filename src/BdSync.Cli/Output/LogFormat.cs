namespace BdSync.Cli.Output;

/// <summary>How the log of a run looks.</summary>
internal enum LogFormat
{
    /// <summary>Lines for people, as bdsync-manager writes them.</summary>
    Text,

    /// <summary>A JSON object for each line. docs/tasks.md has its members.</summary>
    Json,
}
