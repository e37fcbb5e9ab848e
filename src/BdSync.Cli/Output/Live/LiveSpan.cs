namespace BdSync.Cli.Output.Live;

/// <summary>A piece of a line that has one colour.</summary>
/// <param name="Text">Printable text, without line ends.</param>
/// <param name="Tone">What it means.</param>
internal readonly record struct LiveSpan(string Text, LiveTone Tone);
