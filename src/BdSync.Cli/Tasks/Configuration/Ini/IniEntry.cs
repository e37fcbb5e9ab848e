namespace BdSync.Cli.Tasks.Configuration.Ini;

/// <summary>A key and its value.</summary>
/// <param name="Key">In lower case.</param>
/// <param name="Value">As it is written, before anything is replaced; lines are joined by <c>\n</c>.</param>
/// <param name="Line">The line of the key, from 1 on.</param>
internal sealed record IniEntry(string Key, string Value, int Line);
