namespace BdSync.Cli.Output.Live;

/// <summary>The size of a terminal.</summary>
/// <param name="Width">In columns.</param>
/// <param name="Height">In lines.</param>
internal readonly record struct LiveSize(int Width, int Height);
