using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BdSync.Cli.Tasks.Running;

/// <summary>
/// Keeps two runs from working on the same target at once: a lock on a file, which the system releases when its holder ends, however that
/// happens. The file stays.
/// </summary>
internal sealed class TaskLock : IDisposable
{
    /// <summary>Where the administrator's locks are (FHS 3.0).</summary>
    private const string SystemFolder = "/run/lock/bdsync";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream file;

    private TaskLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock of a task's target.</summary>
    /// <exception cref="TaskException">Another run has it.</exception>
    public static TaskLock Acquire(SyncTask task)
    {
        var path = Path.Combine(GetFolder(), GetName(task));
        try
        {
            // FileShare.None is flock(2) with LOCK_EX | LOCK_NB.
            var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {task.Name}\n")));
            file.Flush();
            return new(file);
        }
        catch (IOException exception)
        {
            throw new TaskException($"Another run is working on {task.TargetPath} already (lock file {path}); nothing was done.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new TaskException($"The lock file {path} can't be opened: {exception.Message} Nothing was done.", exception);
        }
    }

    public void Dispose() => file.Dispose();

    private static string GetFolder()
    {
        var folder = Environment.IsPrivilegedProcess ? SystemFolder
            : Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime ? Path.Combine(runtime, "bdsync")
            : Path.Combine(Path.GetTempPath(), $"bdsync-{Environment.UserName}");
        try
        {
            Directory.CreateDirectory(folder, OwnerOnly);
            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TaskException($"The folder {folder} for lock files can't be created: {exception.Message} Nothing was done.", exception);
        }
    }

    // Whatever the task is called: two of them with one target must not run at once either.
    private static string GetName(SyncTask task)
    {
        var isLocal = task.Connection is null || task.Direction == TaskDirection.Pull;
        var target = isLocal ? $"{Resolve(task.TargetPath)}" : $"{task.Connection}\n{task.TargetPath}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(target)).AsSpan(0, 16));
    }

    private static string Resolve(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Path.GetFullPath(path);
        }
    }
}
