using BdSync.Cli.Output;
using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Configuration;
using BdSync.Cli.Tasks.Running;

namespace BdSync.Cli.Commands;

/// <summary><c>bdsync tasks</c>: shows what a task file says, and what is wrong with it.</summary>
internal static class TasksCommand
{
    public static int Run(string configurationPath, IReadOnlyList<string> names, IReadOnlyList<string> settings, bool checkOnly)
    {
        return 0;
    }
}
