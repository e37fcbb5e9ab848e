namespace BdSync.Perf;

/// <summary>What is measured against what.</summary>
/// <param name="BdSync">This project's native program.</param>
/// <param name="Stock">The C tool, or null.</param>
/// <param name="BlocksyncFast">blocksync-fast, or null.</param>
/// <param name="Rsync">rsync, or null.</param>
/// <param name="Folder">Where the devices are made.</param>
/// <param name="Size">The size of a device in bytes.</param>
/// <param name="Runs">How often each command runs; the median counts.</param>
/// <param name="Loop">Put loop devices over the files.</param>
/// <param name="Report">The document whose tables are replaced, or null for the terminal only.</param>
/// <param name="Only">Measure only rows whose name contains this.</param>
internal sealed record PerfOptions(
    string BdSync, string? Stock, string? BlocksyncFast, string? Rsync, string Folder, long Size, int Runs, bool Loop, string? Report, string? Only);
