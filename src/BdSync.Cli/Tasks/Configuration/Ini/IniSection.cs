namespace BdSync.Cli.Tasks.Configuration.Ini;

/// <summary>A section.</summary>
/// <param name="Name">As it is written, case and blanks included.</param>
/// <param name="Line">The line of its header, from 1 on; 0 where it has none.</param>
/// <param name="Entries">Its keys, in their order, each once.</param>
internal sealed record IniSection(string Name, int Line, IReadOnlyList<IniEntry> Entries);
