namespace BdSync.Cli.Tasks.Configuration.Arguments;

/// <summary>Which of a task's three programs take an option.</summary>
[Flags]
internal enum ProgramRoles
{
    None = 0,
    Client = 1,
    Server = 2,
    Patch = 4,
}
