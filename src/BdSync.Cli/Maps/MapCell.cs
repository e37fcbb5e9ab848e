using BdSync.Protocol;

namespace BdSync.Cli.Maps;

/// <summary>One cell of a map.</summary>
/// <param name="Extent">What of the device it stands for.</param>
/// <param name="ChangedLength">How many bytes of it have changed, in all parts of the map together.</param>
/// <param name="TouchingParts">In how many parts of the map anything of it has changed.</param>
internal readonly record struct MapCell(Extent Extent, long ChangedLength, int TouchingParts);
