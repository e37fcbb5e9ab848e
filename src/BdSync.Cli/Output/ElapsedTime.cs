using System.Globalization;

namespace BdSync.Cli.Output;

/// <summary>A duration as bdsync-manager writes it: <c>H:MM:SS.ffffff</c>.</summary>
/// <param name="Value">The duration.</param>
internal readonly record struct ElapsedTime(TimeSpan Value)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)Value.TotalHours}:{Value.Minutes:00}:{Value.Seconds:00}.{Value.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond:000000}");
}
