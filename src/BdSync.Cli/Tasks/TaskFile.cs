namespace BdSync.Cli.Tasks;

/// <summary>A task file, read and checked.</summary>
/// <param name="Path">The file.</param>
/// <param name="Tasks">Its tasks, in its order, templates expanded.</param>
/// <param name="RunHooks">The commands around a run: <c>run_first</c> is Before; <c>run_last</c>, whatever happened, is After.</param>
/// <param name="Warnings">What is odd in it, with file and line.</param>
internal sealed record TaskFile(string Path, IReadOnlyList<SyncTask> Tasks, TaskHooks RunHooks, IReadOnlyList<string> Warnings);
