namespace BdSync.Cli.Tasks.Reports.Metrics;

/// <summary>A metric: all are gauges.</summary>
/// <param name="Name">Its name, by Prometheus' conventions.</param>
/// <param name="Help">What it means; no line ends.</param>
internal sealed record MetricFamily(string Name, string Help);
