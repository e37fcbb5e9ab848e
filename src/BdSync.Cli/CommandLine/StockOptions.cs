using BdSync.Protocol;

namespace BdSync.Cli.CommandLine;

/// <summary>The stock command line, checked.</summary>
internal sealed record StockOptions
{
    public required StockMode Mode { get; init; }

    /// <summary>How often <c>--verbose</c> was given.</summary>
    public int Verbosity { get; init; }

    public ProgressStyle Progress { get; init; }

    public BdSyncClientOptions Client { get; init; } = new();

    public BdSyncServerOptions Server { get; init; } = new();

    public BdSyncPatcherOptions Patcher { get; init; } = new();

    /// <summary>The device of <c>--patch=DEVICE</c>; null for the one that the patch names.</summary>
    public string? PatchDevice { get; init; }

    public bool WarnOfDevice { get; init; }

    public bool Force { get; init; }

    /// <summary>REMSHCMD, LOCDEV and REMDEV; empty where there is no client.</summary>
    public IReadOnlyList<string> Operands { get; init; } = [];
}
