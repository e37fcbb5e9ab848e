using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Sessions;

/// <summary>A block range that is to be compared, or one that has been already and only keeps its place in the order.</summary>
/// <param name="Range">The blocks.</param>
/// <param name="Result">What comparing them gave; null where that is still to be done.</param>
internal readonly record struct PlannedRange(BlockRange Range, ComparedRange? Result = null);
