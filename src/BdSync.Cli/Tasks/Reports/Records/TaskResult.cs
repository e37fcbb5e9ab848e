using System.Text.Json.Serialization;

namespace BdSync.Cli.Tasks.Reports.Records;

/// <summary>How a task turned out, as reports have it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TaskResult>))]
internal enum TaskResult
{
    [JsonStringEnumMemberName("success")]
    Success,

    [JsonStringEnumMemberName("failure")]
    Failure,

    /// <summary>A signal ended it.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    /// <summary>It is disabled: nothing was done.</summary>
    [JsonStringEnumMemberName("disabled")]
    Disabled,

    /// <summary>The run ended before its turn came.</summary>
    [JsonStringEnumMemberName("not_run")]
    NotRun,
}
