using System.Globalization;
using BdSync.Cli.CommandLine;
using BdSync.Cli.Patches;
using BdSync.Lvm;
using BdSync.Protocol.Transports;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Hosts;

/// <summary>
/// A machine behind a connection. It needs a POSIX shell with <c>[</c>, <c>touch</c>, <c>mktemp</c>, <c>cat</c>, <c>stat</c> and <c>rm</c>, and a
/// bdsync, the C tool or this one; <c>sha256sum</c>, <c>gzip</c> and <c>zstd</c> are used where they are.
/// </summary>
internal sealed class RemoteHost : TaskHost
{
    /// <summary>What a shell ends with where there is no such command.</summary>
    private const int NotFound = 127;

    /// <summary>How many characters mktemp makes up.</summary>
    private const int RandomLength = 6;

    private readonly SyncTask task;
    private readonly TaskConnection connection;
    private readonly ILogger logger;
    private readonly RemoteShell shell;
    private readonly RemoteCommands commands;
    private readonly RemoteProgram program;

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="task">A task with a <see cref="SyncTask.Connection"/>.</param>
    /// <param name="logger">Receives what the other side says on standard error; called from any thread.</param>
    public RemoteHost(SyncTask task, ILogger logger)
    {
        this.task = task;
        this.logger = logger;
        connection = task.Connection ?? throw new ArgumentException($"The task {task.Name} has no connection.", nameof(task));
        shell = new(connection, task.SshConfiguration, logger);
        commands = new(shell, connection.Text, logger);
        program = new(task, commands);
    }

    public override string Name => connection.Text;

    /// <summary>Creates what starts the server of a comparison; its standard error goes to the log.</summary>
    public TransportConnector CreateServerConnector() => new ShellConnector(shell, program.Server, logger.ServerSaid);

    public override Task<bool> ExistsAsync(string path, CancellationToken cancellationToken) =>
        commands.TestAsync($"[ -e {ShellWord.QuotePath(path)} ]", RemoteScripts.Exists.Write(path), cancellationToken);

    public override Task CreateFileAsync(string path, CancellationToken cancellationToken) =>
        commands.RunAsync($"touch {ShellWord.QuotePath(path)}", RemoteScripts.CreateFile.Write(path, path), cancellationToken: cancellationToken);

    public override async Task<string> CreatePatchFileAsync(string folder, string prefix, string suffix, CancellationToken cancellationToken)
    {
        var template = Path.Combine(folder, prefix + new string('X', RandomLength));
        var command = $"mktemp {ShellWord.QuotePath(template + suffix)}";
        var path = await commands.AskAsync(command, cancellationToken, RemoteScripts.CreatePatchFile.Write(template + suffix, template, suffix, suffix)).ConfigureAwait(false);
        return path.EndsWith(suffix, StringComparison.Ordinal) && Path.GetFileName(path).Length == prefix.Length + RandomLength + suffix.Length
            ? path
            : throw new TaskException($"'{command}' on {Name} answers '{path}', which is not the name of such a file.");
    }

    public override async Task WriteFileAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var command = $"cat >{ShellWord.QuotePath(path)}";
        var result = await commands.RunAsync(command, RemoteScripts.WriteFile.Write(path), write, cancellationToken).ConfigureAwait(false);
        if (result.IsInputCut)
        {
            throw new TaskException($"'{command}' on {Name} ended before all of the data was there.");
        }
    }

    public override async Task<long> GetLengthAsync(string path, CancellationToken cancellationToken)
    {
        var command = RemoteScripts.GetLength.Write(path);
        var answer = await commands.AskAsync(command, cancellationToken).ConfigureAwait(false);
        return long.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw new TaskException($"'{command}' on {Name} answers '{answer}', which is not a size.");
    }

    public override async Task<byte[]?> GetSha256Async(string path, CancellationToken cancellationToken)
    {
        const int digestLength = 64;
        var command = $"sha256sum <{ShellWord.QuotePath(path)}";
        var result = await commands.TryWatchedAsync(command, RemoteScripts.GetSha256.Write(path), cancellationToken).ConfigureAwait(false);
        if (result.ExitStatus == NotFound)
        {
            return null;
        }

        var answer = commands.Check(command, result).Text;
        return answer.Length >= digestLength && answer[..digestLength].All(char.IsAsciiHexDigitLower)
            ? Convert.FromHexString(answer.AsSpan(0, digestLength))
            : throw new TaskException($"'{command}' on {Name} answers '{answer}', which is not a sha256.");
    }

    public override Task CheckAbilitiesAsync(PatchCompression compression, bool undo, CancellationToken cancellationToken) =>
        program.CheckAbilitiesAsync(compression, undo, cancellationToken);

    public override Task ApplyAsync(string path, PatchCompression compression, string? undoPath, CancellationToken cancellationToken) =>
        program.ApplyAsync(path, compression, undoPath, cancellationToken);

    public override Task ApplyStreamAsync(Func<Stream, CancellationToken, Task> write, PatchCompression compression, CancellationToken cancellationToken) =>
        program.ApplyStreamAsync(write, compression, cancellationToken);

    public override string DescribeApply(string path, PatchCompression compression)
    {
        var line = program.GetCommand(path, compression);
        string[] words = connection switch
        {
            { IsAddress: true } when task.SshConfiguration is { } file => ["ssh", "-F", file, connection.Text, line],
            { IsAddress: true } => ["ssh", connection.Text, line],
            _ => shell.GetWords(line),
        };
        return string.Join(' ', words.Select(ShellWord.Quote));
    }

    public override async Task RemoveAsync(string path, CancellationToken cancellationToken) =>
        await commands.RunAsync(RemoteScripts.Remove.Write(path), cancellationToken: cancellationToken).ConfigureAwait(false);

    public override async Task<IReadOnlyList<string>> ListAsync(string folder, string prefix, string suffix, CancellationToken cancellationToken)
    {
        var start = Path.Combine(folder, prefix);
        var answer = await commands.AskAsync($"ls {ShellWord.QuotePath(start)}*{ShellWord.Quote(suffix)}", cancellationToken, RemoteScripts.List.Write(start, suffix)).ConfigureAwait(false);
        return [.. answer.Split('\0', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    public override async Task<T> RunLvmAsync<T>(LvmCommand<T> command, CancellationToken cancellationToken)
    {
        // A login that is no administrator's finds no programs for administrators.
        var line = $"PATH=$PATH:/usr/sbin:/sbin LC_ALL=C lvm {string.Join(' ', command.Words.Select(ShellWord.Quote))}";
        var result = await commands.TryAsync($"lvm {command}", line, cancellationToken).ConfigureAwait(false);
        return command.Complete(new(result.ExitStatus, result.Text, string.Join('\n', result.Errors)));
    }

    public override ValueTask DisposeAsync() => shell.DisposeAsync();
}
