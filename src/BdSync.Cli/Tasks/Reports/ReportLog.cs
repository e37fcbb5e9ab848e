using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Reports;

/// <summary>What is said of reports.</summary>
internal static partial class ReportLog
{
    [LoggerMessage(LogLevel.Error, "The {What} {Path} could not be written: {Reason}")]
    public static partial void NotWritten(this ILogger logger, string what, string path, string reason);

    [LoggerMessage(LogLevel.Warning, "The run could not be added to the history in {Path}: {Reason}")]
    public static partial void HistoryNotWritten(this ILogger logger, string path, string reason);

    [LoggerMessage(LogLevel.Warning, "The history can't be read: {Reason}")]
    public static partial void HistoryNotRead(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "{Count} lines of the metrics file {Path} are no metrics of this program; they are dropped.")]
    public static partial void LinesDropped(this ILogger logger, int count, string path);
}
