using System.Text.Json;
using BdSync.TestUtilities;
using Json.Schema;

namespace BdSync.Interop.Tests.Tasks.Reports;

/// <summary>Where a run of a <see cref="TaskFolder"/> writes what it did, and what is there.</summary>
internal sealed class ReportFiles(TaskFolder folder)
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(Path.Combine(TestEnvironment.SourceFolder, "docs", "report.schema.json")));

    public string ReportPath => folder.Work["report.json"];

    public string MetricsPath => folder.Work["bdsync.prom"];

    /// <summary>The options of a run that writes both.</summary>
    public string[] Options => ["--report", ReportPath, "--metrics", MetricsPath];

    /// <summary>The files of the history, the oldest first.</summary>
    public string[] History => Directory.Exists(folder.Work["state"]) ? [.. Directory.GetFiles(folder.Work["state"]).Order(StringComparer.Ordinal)] : [];

    /// <summary>The report, which must be as the schema says.</summary>
    public JsonElement ReadReport() => ReadReport(ReportPath);

    /// <inheritdoc cref="ReadReport()"/>
    public static JsonElement ReadReport(string path)
    {
        var report = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(path));
        ShouldFit(report);
        return report;
    }

    /// <summary>Fails where a report is not as the schema says.</summary>
    public static void ShouldFit(JsonElement report)
    {
        var result = Schema.Evaluate(report, new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        Assert.True(result.IsValid, $"{report}\n{string.Join('\n', (result.Details ?? []).Where(detail => detail.Errors is not null).Select(detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!.Values)}"))}");
    }

    /// <summary>A task of the report.</summary>
    public JsonElement ReadTask(string name = "data") => ReadReport().GetProperty("tasks").EnumerateArray().Single(task => task.GetProperty("name").GetString() == name);

    /// <summary>The value of a metric, by its name and labels as they are written; null where there is none.</summary>
    public string? ReadMetric(string nameAndLabels) =>
        File.ReadLines(MetricsPath).Where(line => line.StartsWith(nameAndLabels + " ", StringComparison.Ordinal)).Select(line => line[(nameAndLabels.Length + 1)..]).SingleOrDefault();
}
