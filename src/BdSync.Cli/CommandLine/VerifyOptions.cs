using BdSync.Protocol.Planning;

namespace BdSync.Cli.CommandLine;

/// <summary>The command line of <c>bdsync verify</c>, checked.</summary>
internal sealed record VerifyOptions
{
    /// <summary>What is compared and how; with a task, only how much is said.</summary>
    public required StockOptions Comparison { get; init; }

    /// <summary>The task whose source and target are compared; null for the devices of <see cref="Comparison"/>.</summary>
    public string? TaskName { get; init; }

    /// <summary>The task file.</summary>
    public required string ConfigurationPath { get; init; }

    /// <summary>Settings that win over the file's.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Which blocks are compared; null for all.</summary>
    public BlockSample? Sample { get; init; }

    /// <summary>How long the other side may take for an answer.</summary>
    public TimeSpan AnswerLimit { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Whether lines of JSON are printed.</summary>
    public bool AsJson { get; init; }

    /// <summary>The new file for a patch that mends what is found; null for none.</summary>
    public string? RepairPath { get; init; }
}
