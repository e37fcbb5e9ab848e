namespace BdSync.Cli.Tasks.Reports.Metrics;

/// <summary>A value of a metric.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Labels">What it is the value of, in the order in which it is written.</param>
/// <param name="Value">The value as it is written.</param>
internal sealed record MetricSample(string Name, IReadOnlyList<KeyValuePair<string, string>> Labels, string Value)
{
    /// <summary>Gets a label's value; null where it has no such label.</summary>
    public string? GetLabel(string name) => Labels.Where(label => label.Key == name).Select(label => label.Value).FirstOrDefault();
}
