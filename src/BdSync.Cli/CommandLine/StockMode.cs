namespace BdSync.Cli.CommandLine;

/// <summary>What the stock command line asks for.</summary>
internal enum StockMode
{
    Client,
    Server,
    Patch,
    Help,
    Version,
}
