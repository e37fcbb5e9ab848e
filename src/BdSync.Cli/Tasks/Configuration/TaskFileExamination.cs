namespace BdSync.Cli.Tasks.Configuration;

/// <summary>A task file, read and checked, with all that is wrong in it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Sections">Its tasks, in its order, templates expanded.</param>
/// <param name="RunHooks">The commands around a run, as in <see cref="TaskFile"/>.</param>
/// <param name="Errors">What is wrong with <c>[DEFAULT]</c> and with overrides, each with its place.</param>
/// <param name="Warnings">What is odd, each with its place.</param>
internal sealed record TaskFileExamination(
    string Path, IReadOnlyList<SectionExamination> Sections, TaskHooks RunHooks, IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings)
{
    /// <summary>The errors of the file and of every section.</summary>
    public IReadOnlyList<string> AllErrors => [.. Errors, .. Sections.SelectMany(section => section.Errors)];
}
