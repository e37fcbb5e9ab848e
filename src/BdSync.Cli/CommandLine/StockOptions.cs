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

    /// <summary>The file that gets a patch that takes the target back, before it is changed; null for none.</summary>
    public string? UndoPath { get; init; }

    public bool WarnOfDevice { get; init; }

    public bool Force { get; init; }

    /// <summary>Whether devices are read and written past the page cache.</summary>
    public bool Direct { get; init; }

    /// <summary>The program on the other side, as its shell takes it, where that is an ssh address; null for <c>bdsync</c>.</summary>
    public string? RemoteBdSync { get; init; }

    /// <summary>The ssh_config(5) file that is read instead of the usual ones; null for these.</summary>
    public string? SshConfiguration { get; init; }

    /// <summary>Whether <see cref="StockMode.Local"/> writes to the target instead of a patch.</summary>
    public bool Apply { get; init; }

    /// <summary>REMSHCMD, LOCDEV and REMDEV of a client, LOCDEV and REMDEV with both devices here; else empty.</summary>
    public IReadOnlyList<string> Operands { get; init; } = [];
}
