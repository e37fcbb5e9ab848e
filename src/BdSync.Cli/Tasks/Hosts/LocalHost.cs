using System.IO.Pipelines;
using System.Security.Cryptography;
using BdSync.Cli.CommandLine;
using BdSync.Cli.Output;
using BdSync.Cli.Patches;
using BdSync.Lvm;
using BdSync.Protocol;
using BdSync.Protocol.Devices;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Hosts;

/// <summary>This machine. A patch is applied to the task's target, whatever device it names.</summary>
internal sealed class LocalHost(SyncTask task, ILogger logger) : TaskHost
{
    private const UnixFileMode OnlyTheUser = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>How often a name is made up that is taken already: once is next to impossible.</summary>
    private const int MaxTries = 100;

    private const int RandomLength = 6;

    /// <summary>How much of a patch may be ahead of what applies it, in bytes.</summary>
    private const int MaxAhead = 1024 * 1024;

    private readonly BdSyncPatcher patcher = new(task.Patcher, new CategoryLogger<BdSyncPatcher>(logger));

    public override string Name => "this machine";

    public override Task<bool> ExistsAsync(string path, CancellationToken cancellationToken) => Task.FromResult(Path.Exists(path));

    public override Task CreateFileAsync(string path, CancellationToken cancellationToken) =>
        TryAsync($"Making {path}", () =>
        {
            new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
            return Task.FromResult(true);
        });

    public override Task<string> CreatePatchFileAsync(string folder, string prefix, string suffix, CancellationToken cancellationToken) =>
        TryAsync($"Making a patch file in {folder}", () =>
        {
            for (var attempt = 1; ; attempt++)
            {
                var name = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", RandomLength);
                var path = Path.Combine(folder, $"{prefix}{name}{suffix}");
                try
                {
                    // O_EXCL: neither another's file nor a link is taken.
                    OpenWrite(path, FileMode.CreateNew).Dispose();
                    return Task.FromResult(path);
                }
                catch (IOException) when (attempt < MaxTries && Path.Exists(path))
                {
                    // The next name, then.
                }
            }
        });

    public override Task WriteFileAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        TryAsync($"Writing {path}", async () =>
        {
            var file = OpenWrite(path, FileMode.Create);
            await using (file.ConfigureAwait(false))
            {
                await write(file, cancellationToken).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            return true;
        });

    public override Task<long> GetLengthAsync(string path, CancellationToken cancellationToken) =>
        TryAsync($"Finding the size of {path}", () =>
        {
            using var file = File.OpenHandle(path);
            return Task.FromResult(RandomAccess.GetLength(file));
        });

    public override Task<byte[]?> GetSha256Async(string path, CancellationToken cancellationToken) =>
        TryAsync($"Reading {path}", async () =>
        {
            var file = Open(path);
            await using (file.ConfigureAwait(false))
            {
                return (byte[]?)await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false);
            }
        });

    public override Task CheckAbilitiesAsync(PatchCompression compression, bool undo, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task ApplyAsync(string path, PatchCompression compression, string? undoPath, CancellationToken cancellationToken) =>
        TryAsync($"Applying {path}", async () =>
        {
            var file = Open(path);
            await using (file.ConfigureAwait(false))
            {
                return undoPath is null
                    ? await ApplyAsync(file, cancellationToken).ConfigureAwait(false)
                    : await new UndoablePatching(patcher, _ => OpenTarget(), logger.ApplyingEnded).ApplyAsync(file, undoPath, cancellationToken).ConfigureAwait(false);
            }
        });

    public override async Task ApplyStreamAsync(Func<Stream, CancellationToken, Task> write, PatchCompression compression, CancellationToken cancellationToken)
    {
        var pipe = new Pipe(new(pauseWriterThreshold: MaxAhead, resumeWriterThreshold: MaxAhead / 2, useSynchronizationContext: false));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var applying = ApplyAsync(pipe.Reader, cancellationToken);
        var writing = WriteAsync(pipe.Writer, write, ended.Token);
        if (await Task.WhenAny(applying, writing).ConfigureAwait(false) == applying && !applying.IsCompletedSuccessfully)
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await applying.ConfigureAwait(false);
        }

        try
        {
            await writing.ConfigureAwait(false);
        }
        catch
        {
            await applying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (applying.Exception?.InnerException is BdSyncException exception)
            {
                // Why the patch ended says the other one; this knows what has become of the target.
                logger.ApplyingEnded(exception.Message);
            }

            throw;
        }

        await applying.ConfigureAwait(false);
    }

    public override string DescribeApply(string path, PatchCompression compression) =>
        string.Join(' ', ["bdsync", ShellWord.Quote($"--patch={task.TargetPath}"), .. task.PatchArguments.Select(ShellWord.Quote), $"<{ShellWord.Quote(path)}"]);

    public override Task RemoveAsync(string path, CancellationToken cancellationToken) =>
        TryAsync($"Removing {path}", () =>
        {
            File.Delete(path);
            return Task.FromResult(true);
        });

    public override Task<IReadOnlyList<string>> ListAsync(string folder, string prefix, string suffix, CancellationToken cancellationToken) =>
        TryAsync<IReadOnlyList<string>>($"Listing {folder}", () =>
        {
            var names = Directory.EnumerateFiles(folder).Where(path => IsMatch(Path.GetFileName(path.AsSpan()), prefix, suffix));
            return Task.FromResult<IReadOnlyList<string>>([.. names.Order(StringComparer.Ordinal)]);
        });

    public override Task<T> RunLvmAsync<T>(LvmCommand<T> command, CancellationToken cancellationToken) =>
        (task.Lvm is { } lvm ? new LvmTool(lvm.ProgramPath, logger) : new LvmTool(logger: logger)).RunAsync(command, cancellationToken);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool IsMatch(ReadOnlySpan<char> name, string prefix, string suffix) =>
        name.Length >= prefix.Length + suffix.Length && name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(suffix, StringComparison.Ordinal);

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    private static FileStream OpenWrite(string path, FileMode mode) =>
        new(path, new FileStreamOptions { Mode = mode, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = OnlyTheUser });

    // Whatever is not a fault of what was tried has a message of its own.
    private static async Task<T> TryAsync<T>(string what, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TaskException($"{what} failed: {exception.Message}", exception);
        }
    }

    private static async Task WriteAsync(PipeWriter pipe, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        Exception? error = null;
        try
        {
            await write(pipe.AsStream(leaveOpen: true), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            error = new IOException("The patch ended too early.", exception);
            throw;
        }
        finally
        {
            await pipe.CompleteAsync(error).ConfigureAwait(false);
        }
    }

    private WritableLocalDevice OpenTarget() => WritableLocalDevice.Open(task.TargetPath, task.Force, task.Direct);

    private async Task ApplyAsync(PipeReader pipe, CancellationToken cancellationToken)
    {
        var stream = pipe.AsStream();
        await using (stream.ConfigureAwait(false))
        {
            await ApplyAsync(stream, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<PatchResult> ApplyAsync(Stream stream, CancellationToken cancellationToken)
    {
        var patch = await CompressedPatch.OpenReadAsync(stream, cancellationToken).ConfigureAwait(false);
        await using (patch.ConfigureAwait(false))
        {
            return await patcher.ApplyAsync(patch, _ => OpenTarget(), cancellationToken).ConfigureAwait(false);
        }
    }
}
