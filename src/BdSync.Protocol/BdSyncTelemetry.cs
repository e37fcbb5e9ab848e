namespace BdSync.Protocol;

/// <summary>The names under which the library tells System.Diagnostics what it does; docs/telemetry.md has the instruments and activities.</summary>
public static class BdSyncTelemetry
{
    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string MeterName = "BdSync.Protocol";

    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/>.</summary>
    public const string ActivitySourceName = "BdSync.Protocol";
}
