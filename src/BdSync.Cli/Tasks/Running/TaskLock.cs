using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BdSync.Protocol;
using BdSync.Protocol.Devices;

namespace BdSync.Cli.Tasks.Running;

/// <summary>
/// Keeps two runs from working on the same target at once: locks on files, which the system releases when their holder ends, however that
/// happens. The files stay. A target of this machine has one for its path, and if it is there one for what it is: other names of it, hard links
/// included, lead to that. On the other side only the connection and the path are known.
/// </summary>
internal sealed class TaskLock : IDisposable
{
    /// <summary>errno EWOULDBLOCK (asm-generic/errno-base.h), which .NET passes on as HResult: somebody else has the lock.</summary>
    private const int IsHeld = 11;

    private readonly List<FileStream> files = [];

    private TaskLock()
    {
    }

    /// <summary>Takes the lock of a task's target.</summary>
    /// <exception cref="TaskException">Another run has it, or it can't be taken.</exception>
    public static TaskLock Acquire(SyncTask task)
    {
        var folder = LockFolder.Prepare();
        var taskLock = new TaskLock();
        try
        {
            foreach (var name in GetNames(task))
            {
                taskLock.files.Add(Acquire(task, Path.Combine(folder, name)));
            }

            return taskLock;
        }
        catch
        {
            taskLock.Dispose();
            throw;
        }
    }

    public void Dispose() => files.ForEach(file => file.Dispose());

    private static FileStream Acquire(SyncTask task, string path)
    {
        try
        {
            // FileShare.None is flock(2) with LOCK_EX | LOCK_NB.
            var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            Sign(file, task);
            return file;
        }
        catch (IOException exception) when (exception.HResult == IsHeld)
        {
            throw new TaskException($"Another run is working on {task.TargetPath} already (lock file {path}); nothing was done.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TaskException($"The lock file {path} can't be opened: {exception.Message} Nothing was done.", exception);
        }
    }

    // For people who look; the lock holds without.
    private static void Sign(FileStream file, SyncTask task)
    {
        try
        {
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {task.Name}\n")));
        }
        catch (IOException)
        {
            // The disk is full.
        }
    }

    // Whatever the task is called: two of them with one target must not run at once either.
    private static IEnumerable<string> GetNames(SyncTask task)
    {
        if (task.Connection is { } connection && task.Direction == TaskDirection.Push)
        {
            var isAbsolute = task.TargetPath.StartsWith('/');
            var parts = task.TargetPath.Split('/').Where(part => part is not ("" or "."));
            yield return Hash($"{connection.Identity}\n{(isAbsolute ? "/" : "")}{string.Join('/', parts)}");
            yield break;
        }

        yield return Hash(CanonicalPath.Get(task.TargetPath));
        if (TryGetIdentity(task.TargetPath) is { } identity)
        {
            yield return Hash(identity);
        }
    }

    private static string? TryGetIdentity(string path)
    {
        try
        {
            return LocalDevice.GetIdentity(path);
        }
        catch (DeviceException)
        {
            // It is not there yet, or is nothing that can be written to, which the task's checks will say.
            return null;
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
