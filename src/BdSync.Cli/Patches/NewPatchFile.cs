using System.Runtime.InteropServices;
using BdSync.Cli.Files;
using BdSync.Protocol;

namespace BdSync.Cli.Patches;

/// <summary>A new file that a patch is written to: one that takes a target back, or one that mends it. It is removed when it is disposed of, unless it was kept.</summary>
internal sealed class NewPatchFile : IDisposable
{
    private readonly FileStream stream;
    private bool isKept;

    private NewPatchFile(FileStream stream, string fullPath)
    {
        this.stream = stream;
        FullPath = fullPath;
    }

    /// <summary>Where it is.</summary>
    public string FullPath { get; }

    /// <summary>Receives the patch.</summary>
    public Stream Stream => stream;

    /// <summary>Creates the file; only its owner can read it.</summary>
    /// <param name="path">Where; nothing may be there, not even a symbolic link.</param>
    /// <param name="name">What messages call it, such as <c>The file for undoing</c>.</param>
    /// <param name="folder">What leads to the folder of the path whatever becomes of the path meanwhile; null for the path itself.</param>
    /// <exception cref="BdSyncException">There is something, or it can't be created.</exception>
    public static NewPatchFile Create(string path, string name, string? folder = null)
    {
        try
        {
            var fullPath = Path.GetFullPath(path);
            var location = folder is null ? fullPath : Path.Combine(folder, Path.GetFileName(fullPath));
            return new NewPatchFile(CreateFile(location, FileAccess.Write), fullPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BdSyncException(BdSyncExitStatus.Write, $"{name} can't be created, and nothing has been done: {Describe(exception.Message, folder, path)}", exception);
        }
    }

    /// <summary>Opens a file without a name in the same folder, for what is read twice. It is gone when it is closed, or the program ends.</summary>
    /// <exception cref="BdSyncException">It can't be created.</exception>
    public FileStream CreateUnnamedFile()
    {
        var folder = Path.GetDirectoryName(stream.Name)!;
        var path = Path.Combine(folder, $".bdsync-{Path.GetRandomFileName()}");
        try
        {
            var file = CreateFile(path, FileAccess.ReadWrite);
            File.Delete(path);
            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BdSyncException(BdSyncExitStatus.Write, $"A temporary file for the patch can't be created in {Path.GetDirectoryName(FullPath)}: {Describe(exception.Message, folder, FullPath)}", exception);
        }
    }

    /// <summary>Returns when the file, with its name, is on stable storage. It is still removed unless <see cref="Keep"/> is called.</summary>
    /// <exception cref="BdSyncException">The system gives an error.</exception>
    public void Flush()
    {
        var error = StableStorage.Flush(stream.SafeFileHandle) is not 0 and var fault ? fault : StableStorage.FlushFolder(Path.GetDirectoryName(stream.Name)!);
        if (error != 0)
        {
            throw new BdSyncException(BdSyncExitStatus.Write, $"Flushing {FullPath} to stable storage failed, and nothing else has been written: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    /// <summary>Leaves the file where it is.</summary>
    public void Keep() => isKept = true;

    public void Dispose()
    {
        if (!isKept)
        {
            File.Delete(stream.Name);
        }

        stream.Dispose();
    }

    private static string Describe(string message, string? folder, string path) => folder is null ? message : message.Replace(folder, Path.GetDirectoryName(path), StringComparison.Ordinal);

    private static FileStream CreateFile(string path, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = access, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
