using BdSync.Cli.Patches;
using BdSync.Lvm;

namespace BdSync.Cli.Tasks.Hosts;

/// <summary>
/// The side of a task where its target is: this machine, or one behind a connection. Not safe for several threads. Paths are those of the
/// task file: absolute, or relative to the working directory here and to the user's home there; any character but NUL may be in them.
/// Every operation fails with a <see cref="BdSync.Protocol.BdSyncException"/> that says what was tried, where, and what came of it; a
/// <see cref="BdSync.Protocol.TransportException"/> is one of the connection.
/// </summary>
internal abstract class TaskHost : IAsyncDisposable
{
    /// <summary>What messages call it: <c>this machine</c>, or the connection.</summary>
    public abstract string Name { get; }

    /// <summary>Whether something is there.</summary>
    public abstract Task<bool> ExistsAsync(string path, CancellationToken cancellationToken);

    /// <summary>Makes an empty file; one that is there already is left alone.</summary>
    public abstract Task CreateFileAsync(string path, CancellationToken cancellationToken);

    /// <summary>Makes a new, empty file that only the user can read, under a name that nobody could foresee: <c>PREFIX + six characters + suffix</c>.</summary>
    /// <returns>Its path.</returns>
    public abstract Task<string> CreatePatchFileAsync(string folder, string prefix, string suffix, CancellationToken cancellationToken);

    /// <summary>Replaces a file's content, and returns when all of it is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content to the stream that it gets. Where it fails, its exception is the one that comes out.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public abstract Task WriteFileAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);

    /// <summary>A file's size in bytes.</summary>
    public abstract Task<long> GetLengthAsync(string path, CancellationToken cancellationToken);

    /// <summary>The sha256 of a file's content; null where the other side has no tool for it.</summary>
    public abstract Task<byte[]?> GetSha256Async(string path, CancellationToken cancellationToken);

    /// <summary>Fails, before anything is touched, where the other side can't do what the task will ask of it: no program, no tool to decompress, no undo.</summary>
    public abstract Task CheckAbilitiesAsync(PatchCompression compression, bool undo, CancellationToken cancellationToken);

    /// <summary>Applies a stored patch to the target, and returns when that is done.</summary>
    /// <param name="path">The patch.</param>
    /// <param name="compression">How it is compressed.</param>
    /// <param name="undoPath">Where a patch that takes the target back is written to before it is touched; null for none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public abstract Task ApplyAsync(string path, PatchCompression compression, string? undoPath, CancellationToken cancellationToken);

    /// <summary>Applies a patch while it comes.</summary>
    /// <param name="write">Writes the patch to the stream that it gets.</param>
    /// <param name="compression">How it is compressed.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public abstract Task ApplyStreamAsync(Func<Stream, CancellationToken, Task> write, PatchCompression compression, CancellationToken cancellationToken);

    /// <summary>The command that applies a stored patch by hand, for messages, such as <c>bdsync --patch &lt; /path</c>; with the connection's words where the host is another.</summary>
    public abstract string DescribeApply(string path, PatchCompression compression);

    /// <summary>Removes a file; one that is not there is no error.</summary>
    public abstract Task RemoveAsync(string path, CancellationToken cancellationToken);

    /// <summary>The paths of a folder's files whose names start and end like this, in the order of their names (ordinal).</summary>
    public abstract Task<IReadOnlyList<string>> ListAsync(string folder, string prefix, string suffix, CancellationToken cancellationToken);

    /// <summary>Runs a command of LVM.</summary>
    /// <returns>What its result says.</returns>
    public abstract Task<T> RunLvmAsync<T>(LvmCommand<T> command, CancellationToken cancellationToken);

    /// <summary>Ends the connection, and whatever still runs behind it.</summary>
    public abstract ValueTask DisposeAsync();
}
