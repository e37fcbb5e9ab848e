namespace BdSync.Perf;

/// <summary>A command line to be measured, run by a shell in the folder of the devices.</summary>
/// <param name="Line">The line.</param>
/// <param name="Prepare">What is run before it and not measured, or null.</param>
internal sealed record Command(string Line, string? Prepare = null);
