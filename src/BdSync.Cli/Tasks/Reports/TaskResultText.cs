using BdSync.Cli.Output;
using BdSync.Cli.Tasks.Reports.Records;

namespace BdSync.Cli.Tasks.Reports;

/// <summary>What records have, in words for people.</summary>
internal static class TaskResultText
{
    public static string Get(TaskResult result) => result switch
    {
        TaskResult.Success => "ok",
        TaskResult.Failure => "FAILED",
        TaskResult.Cancelled => "cancelled",
        TaskResult.Disabled => "disabled",
        _ => "not run",
    };

    /// <summary>A size; a dash where it isn't known.</summary>
    public static string GetSize(long? bytes) => bytes is { } known ? new DataSize(known).ToString() : "-";
}
