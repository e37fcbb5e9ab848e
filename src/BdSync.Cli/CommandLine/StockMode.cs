namespace BdSync.Cli.CommandLine;

/// <summary>What the stock command line asks for.</summary>
internal enum StockMode
{
    Client,
    Server,

    /// <summary>Both devices are on this machine.</summary>
    Local,

    Patch,
    Help,
    Version,
}
