using BdSync.Cli.Output;
using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Configuration;
using BdSync.Cli.Tasks.Running;

namespace BdSync.Cli.Commands;

/// <summary><c>bdsync tasks</c>: shows what a task file says, and what is wrong with it.</summary>
internal static class TasksCommand
{
    /// <summary>Shows it on standard output; warnings and what is wrong with the file itself on standard error.</summary>
    /// <param name="configurationPath">The task file.</param>
    /// <param name="names">The tasks to show; none for all.</param>
    /// <param name="settings">Settings of the command line.</param>
    /// <param name="checkOnly">Show errors only.</param>
    /// <returns>The exit status: 2 where the file can't be read, and with <paramref name="checkOnly"/> for any error in it.</returns>
    public static int Run(string configurationPath, IReadOnlyList<string> names, IReadOnlyList<string> settings, bool checkOnly)
    {
        try
        {
            var examination = TaskFileReader.Examine(configurationPath, [.. settings.Select(SettingOverride.Parse)]);
            foreach (var line in examination.Warnings.Select(warning => $"Warning: {warning}").Concat(examination.Errors))
            {
                StandardError.WriteLine(line);
            }

            foreach (var unknown in names.Except(examination.Sections.Select(section => section.Name)))
            {
                StandardError.WriteLine($"Warning: Skipping unknown task: {unknown}");
            }

            if (!checkOnly && names.Count == 0)
            {
                ShowRunHooks(examination.RunHooks);
            }

            foreach (var section in examination.Sections.Where(section => names.Count == 0 || names.Contains(section.Name)))
            {
                Show(section, checkOnly);
            }

            return checkOnly && examination.AllErrors.Count > 0 ? (int)RunExitStatus.Configuration : (int)RunExitStatus.Success;
        }
        catch (ConfigurationException exception)
        {
            StandardError.WriteLine(exception.Message);
            return (int)RunExitStatus.Configuration;
        }
    }

    private static void ShowRunHooks(TaskHooks hooks)
    {
        foreach (var (key, command) in new[] { (TaskKeys.RunFirst, hooks.Before), (TaskKeys.RunLast, hooks.After) })
        {
            if (command is not null)
            {
                WriteLine($"{key} = {command}");
            }
        }
    }

    private static void Show(SectionExamination section, bool checkOnly)
    {
        if (checkOnly)
        {
            section.Errors.ToList().ForEach(StandardError.WriteLine);
            return;
        }

        var state = section.Errors.Count > 0 ? "can't be run" : section.Task is { IsDisabled: true } ? "disabled" : "ready";
        WriteLine($"{section.Name}: {state}");
        foreach (var (key, value) in section.Settings)
        {
            WriteLine($"    {key} = {value.Replace("\n", "\n        ", StringComparison.Ordinal)}");
        }

        foreach (var error in section.Errors)
        {
            WriteLine($"    error: {error}");
        }
    }

    // A file's values may hold anything.
    private static void WriteLine(string line) => Console.Out.WriteLine(string.Concat(line.Where(character => character == '\n' || !char.IsControl(character))));
}
