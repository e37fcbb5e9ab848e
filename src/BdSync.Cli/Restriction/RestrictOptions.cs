namespace BdSync.Cli.Restriction;

/// <summary>What a restricted key may do.</summary>
internal sealed record RestrictOptions
{
    /// <summary>Devices that may be read.</summary>
    public IReadOnlyList<PathPattern> Read { get; init; } = [];

    /// <summary>Devices that may be written, and read.</summary>
    public IReadOnlyList<PathPattern> Write { get; init; } = [];

    /// <summary>The folder where patches may be kept; null for none.</summary>
    public string? PatchFolder { get; init; }

    /// <summary>Whether <c>--force</c> is allowed.</summary>
    public bool AllowForce { get; init; }
}
