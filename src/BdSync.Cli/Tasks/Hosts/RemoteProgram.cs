using BdSync.Cli.CommandLine;
using BdSync.Cli.Patches;

namespace BdSync.Cli.Tasks.Hosts;

/// <summary>
/// The bdsync on the other side: the C tool, or this program, which can do more. What applies a stored patch is ended where nobody waits for it any
/// more, by cancelling or because the connection broke: so it can't write into a target that another run works on by then.
/// </summary>
internal sealed class RemoteProgram(SyncTask task, RemoteCommands commands)
{
    /// <summary>What a shell ends with where there is no such command.</summary>
    private const int NotFound = 127;

    private const int NotExecutable = 126;

    private readonly string program = ShellWord.QuotePath(task.RemoteBdSync);
    private readonly string patchArguments = string.Concat(task.PatchArguments.Select(word => $" {ShellWord.Quote(word)}"));
    private bool? isOurs;

    /// <summary>The command line of the server.</summary>
    public string Server => $"{program} --server{string.Concat(task.ServerArguments.Select(word => $" {ShellWord.Quote(word)}"))}";

    private string Patch => $"{program} --patch{patchArguments}";

    /// <inheritdoc cref="TaskHost.CheckAbilitiesAsync"/>
    public async Task CheckAbilitiesAsync(PatchCompression compression, bool undo, CancellationToken cancellationToken)
    {
        if (await IsOursAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (undo)
        {
            throw NoUndo();
        }

        if (GetTool(compression) is { } tool && !await commands.TestAsync($"command -v {tool}", $"(command -v {tool} >/dev/null || exit 1); echo $?", cancellationToken).ConfigureAwait(false))
        {
            throw new TaskException($"There is no {tool} on {commands.Host}, which the C tool there needs for compressed patches.");
        }
    }

    /// <inheritdoc cref="TaskHost.ApplyAsync"/>
    public async Task ApplyAsync(string path, PatchCompression compression, string? undoPath, CancellationToken cancellationToken)
    {
        var isCTool = !await IsOursAsync(cancellationToken).ConfigureAwait(false);
        var file = ShellWord.QuotePath(path);
        var command = GetCommand(path, compression);
        var script = RemoteScripts.Watched(command) + RemoteScripts.WatchedEnd;
        if (isCTool && undoPath is not null)
        {
            throw NoUndo();
        }

        if (isCTool && GetTool(compression) is { } tool)
        {
            // In a pipe it would be too late to find a damaged file.
            script = $"{RemoteScripts.Watched($"{tool} -t <{file}")}\n[ \"$s\" = 0 ] || exit \"$s\"\n{script}";
        }
        else if (undoPath is not null)
        {
            string[] arguments = [$"--undo={undoPath}", .. task.PatchArguments];
            command = RemoteScripts.ApplyByHand.Write(task.RemoteBdSync, arguments, path);
            script = RemoteScripts.Apply.Write(task.RemoteBdSync, arguments, path);
        }

        commands.Check(command, await commands.TryWatchedAsync(command, script, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc cref="TaskHost.ApplyStreamAsync"/>
    public async Task ApplyStreamAsync(Func<Stream, CancellationToken, Task> write, PatchCompression compression, CancellationToken cancellationToken)
    {
        var isCTool = !await IsOursAsync(cancellationToken).ConfigureAwait(false);
        var command = isCTool && GetTool(compression) is { } tool ? $"{tool} -dc | {Patch}" : Patch;
        await commands.RunAsync(command, write: write, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The command line that applies a stored patch, with whichever bdsync where it isn't known which one is there.</summary>
    public string GetCommand(string path, PatchCompression compression)
    {
        var file = ShellWord.QuotePath(path);
        return isOurs != true && GetTool(compression) is { } tool ? $"{tool} -dc <{file} | {Patch}" : RemoteScripts.ApplyByHand.Write(task.RemoteBdSync, task.PatchArguments.ToArray(), path);
    }

    private static string? GetTool(PatchCompression compression) => compression switch
    {
        PatchCompression.Gzip => "gzip",
        PatchCompression.Zstd => "zstd",
        _ => null,
    };

    private TaskException NoUndo() =>
        new($"'{task.RemoteBdSync}' on {commands.Host} is the C tool, which can't write undo patches; BdSync for .NET can.");

    private async Task<bool> IsOursAsync(CancellationToken cancellationToken)
    {
        if (isOurs is null)
        {
            var command = $"{program} --version";
            var result = await commands.TryAsync(command, RemoteScripts.GetVersion.Write(task.RemoteBdSync), cancellationToken).ConfigureAwait(false);
            isOurs = result.ExitStatus switch
            {
                0 when result.Text.Contains("BdSync for .NET", StringComparison.Ordinal) => true,
                1 when result.Text.Contains("bdsync --patch", StringComparison.Ordinal) => false,
                NotFound => throw new TaskException($"'{task.RemoteBdSync}' was not found on {commands.Host}: install bdsync there, or say where it is (remote_bdsync_bin)."),
                NotExecutable => throw new TaskException($"'{task.RemoteBdSync}' can't be executed on {commands.Host}: {result.Text.TrimEnd()}"),
                _ => throw new TaskException($"{commands.Describe(command, result)} That is no bdsync; it says '{result.Text.TrimEnd()}'."),
            };
        }

        return isOurs.Value;
    }
}
