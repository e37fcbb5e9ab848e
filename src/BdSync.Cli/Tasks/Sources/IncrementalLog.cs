using BdSync.Cli.Output;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Sources;

/// <summary>What is said of incremental runs.</summary>
internal static partial class IncrementalLog
{
    [LoggerMessage(LogLevel.Information, "Comparing everything: {Reason}")]
    public static partial void ComparingEverything(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Comparing what has changed since the last run: {Changed} of {Source}")]
    public static partial void ComparingChanges(this ILogger logger, DataSize changed, DataSize source);

    [LoggerMessage(LogLevel.Warning, "The target is up to date, but the snapshot for the next run could not be kept, which is going to compare everything. {Reason}")]
    public static partial void SnapshotNotKept(this ILogger logger, string reason);
}
