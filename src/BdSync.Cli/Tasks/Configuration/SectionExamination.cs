namespace BdSync.Cli.Tasks.Configuration;

/// <summary>What became of a section, or of one value of a template.</summary>
/// <param name="Name">The task's name; the section's where it is a template that can't be used.</param>
/// <param name="Task">The task; null where there are errors.</param>
/// <param name="Settings">The keys that are set, in their order, names replaced as far as that is possible.</param>
/// <param name="Errors">What is wrong, each with its place.</param>
internal sealed record SectionExamination(string Name, SyncTask? Task, IReadOnlyList<KeyValuePair<string, string>> Settings, IReadOnlyList<string> Errors);
