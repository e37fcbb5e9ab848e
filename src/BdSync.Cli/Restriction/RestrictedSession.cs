using System.Globalization;
using BdSync.Cli.CommandLine;
using BdSync.Cli.Commands;
using BdSync.Cli.Tasks.Hosts;
using BdSync.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace BdSync.Cli.Restriction;

/// <summary>Does what a client has asked for, in this process, as far as it is allowed.</summary>
internal sealed class RestrictedSession : IDisposable
{
    private readonly RestrictOptions options;
    private readonly RestrictedDevices devices;
    private readonly Action<LogLevel, string> log;
    private PatchFolder? folder;

    /// <param name="options">What is allowed.</param>
    /// <param name="log">Is told what is opened, made and removed.</param>
    public RestrictedSession(RestrictOptions options, Action<LogLevel, string> log)
    {
        this.options = options;
        this.log = log;
        devices = new(options, Tell);
    }

    // Opened when it is needed: a server has no use for it.
    private PatchFolder Folder => folder ??= PatchFolder.Open(options.PatchFolder ?? throw new RestrictionException("No folder for patches is allowed (--patches)."));

    /// <summary>Does it.</summary>
    /// <returns>The exit status.</returns>
    /// <exception cref="RestrictionException">It is not allowed.</exception>
    /// <exception cref="BdSyncException">It is allowed, and failed.</exception>
    public async Task<int> RunAsync(RestrictedRequest request, CancellationToken cancellationToken)
    {
        using var handle = new SafeFileHandle(0, ownsHandle: false);
        await using var input = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        if (request.SkipsLine)
        {
            await SkipLineAsync(input, cancellationToken);
        }

        try
        {
            return await RunAsync(request, input, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BdSyncException(BdSyncExitStatus.Write, folder?.Describe(exception.Message) ?? exception.Message, exception);
        }
    }

    public void Dispose() => folder?.Dispose();

    private async Task<int> RunAsync(RestrictedRequest request, Stream input, CancellationToken cancellationToken)
    {
        var (template, values) = (request.Template, request.Values);
        if (template is null)
        {
            return await RunProgramAsync(RestrictedCommandLine.Parse([.. values.Cast<string>()], options.AllowForce), patch: null, cancellationToken);
        }

        if (template == RemoteScripts.Apply || template == RemoteScripts.ApplyByHand)
        {
            var program = RestrictedCommandLine.Parse(["--patch", .. (string[])values[1]], options.AllowForce);
            await using var patch = Folder.Open((string)values[2], FileAccess.Read);
            var status = template == RemoteScripts.Apply
                ? await InputWatch.RunAsync(input, token => RunProgramAsync(program, patch, token), cancellationToken)
                : await RunProgramAsync(program, patch, cancellationToken);
            Tell(status == 0 ? $"{values[2]} was applied." : $"Applying {values[2]} was stopped.");
            return status;
        }

        if (template == RemoteScripts.GetSha256)
        {
            return await InputWatch.RunAsync(input, token => StoredPatches.WriteSha256Async(Folder, (string)values[0], token), cancellationToken);
        }

        if (template == RemoteScripts.WriteFile)
        {
            await StoredPatches.ReplaceAsync(Folder, (string)values[0], input, cancellationToken);
            Tell($"{values[0]} was stored.");
            return 0;
        }

        Console.Out.Write(Answer(template, values));
        return 0;
    }

    private string Answer(ScriptTemplate template, object[] values)
    {
        var first = values.FirstOrDefault() as string ?? "";
        if (template == RemoteScripts.Exists)
        {
            return Exists(first) ? "0\n" : "1\n";
        }

        if (template == RemoteScripts.CreateFile)
        {
            devices.Create(first);
            return "";
        }

        if (template == RemoteScripts.CreatePatchFile)
        {
            var path = StoredPatches.Create(Folder, first, (string)values[1], (string)values[2], (string)values[3]);
            Tell($"{path} was made.");
            return path + "\n";
        }

        if (template == RemoteScripts.GetLength)
        {
            using var file = Folder.Open(first, FileAccess.Read);
            return string.Create(CultureInfo.InvariantCulture, $"{file.Length}\n");
        }

        if (template == RemoteScripts.Remove)
        {
            Folder.Remove(first);
            Tell($"{first} was removed.");
            return "";
        }

        return template == RemoteScripts.List ? string.Concat(Folder.List(first, (string)values[1]).Select(path => path + '\0'))
            : template == RemoteScripts.Probe ? "bdsync\n"
            : Usage.Version + "\n";
    }

    private bool Exists(string path)
    {
        if (!devices.IsReadable(path))
        {
            return options.PatchFolder is not null && Folder.Contains(path) ? Folder.Exists(path) : throw new RestrictionException($"{path} is not allowed.");
        }

        using var found = PathHandle.Find(path);
        return found is not null;
    }

    private Task<int> RunProgramAsync(StockOptions program, Stream? patch, CancellationToken cancellationToken)
    {
        switch (program.Mode)
        {
            case StockMode.Server:
                return ServerCommand.RunAsync(program with { Server = program.Server with { OpenDevice = path => devices.OpenRead(path, program.Direct) } }, cancellationToken, log);
            case StockMode.Patch:
                return ApplyAsync(program, patch, cancellationToken);
            default:
                Console.Out.WriteLine(Usage.Version);
                return Task.FromResult(0);
        }
    }

    private async Task<int> ApplyAsync(StockOptions program, Stream? patch, CancellationToken cancellationToken)
    {
        string? undoFolder = null;
        if (program.UndoPath is { } undoPath)
        {
            Folder.Check(undoPath);
            undoFolder = Folder.Location;
            Tell($"{undoPath} is to take the patch back.");
        }

        return await PatchCommand.RunAsync(program, cancellationToken, patch, path => devices.OpenWrite(path, program.Force, program.Direct), undoFolder);
    }

    private void Tell(string message) => log(LogLevel.Information, message);

    // What the built-in ssh of a task sends in front, and nothing else.
    private static async Task SkipLineAsync(Stream input, CancellationToken cancellationToken)
    {
        var line = new byte[1];
        if (await input.ReadAsync(line, cancellationToken).AsTask().WaitAsync(cancellationToken) == 1 && line[0] != '\n')
        {
            throw new RestrictionException("The input does not start with an empty line.");
        }
    }
}
