using System.Text.RegularExpressions;
using BdSync.Cli.Files;
using BdSync.Protocol;

namespace BdSync.Cli.Restriction;

/// <summary>
/// The folder where a restricted key may keep patches: only files with the names of patches are seen, made, replaced and removed there, no links. The folder is looked up once.
/// </summary>
internal sealed partial class PatchFolder : IDisposable
{
    private readonly string path;
    private readonly PathHandle folder;

    private PatchFolder(string path, PathHandle folder)
    {
        this.path = path;
        this.folder = folder;
    }

    /// <summary>Looks the folder up.</summary>
    /// <exception cref="RestrictionException">It is no folder, or a link is in its path.</exception>
    public static PatchFolder Open(string path)
    {
        var found = PathHandle.Find(path);
        if (found is { IsFolder: true })
        {
            return new(path, found);
        }

        found?.Dispose();
        throw new RestrictionException($"The folder for patches, {path}, is not there.");
    }

    /// <summary>A path that leads to this folder, whatever becomes of its own, until this is disposed of.</summary>
    public string Location => folder.Path;

    /// <summary>Whether a path is that of a patch in the folder, whether it is there or not.</summary>
    public bool Contains(string file) => GetName(file) is not null;

    public bool Exists(string file)
    {
        Check(file);
        using var found = PathHandle.Find(file);
        return found is { IsRegularFile: true };
    }

    /// <summary>Makes an empty file that only the user can read.</summary>
    /// <returns>Whether there was none before.</returns>
    public bool TryCreate(string file)
    {
        Check(file);
        return folder.TryCreateFile(Path.GetFileName(file));
    }

    /// <summary>Opens a patch that is there.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="access">Whether it is read, or replaced: then it is empty at first.</param>
    public FileStream Open(string file, FileAccess access)
    {
        Check(file);
        using var found = PathHandle.Find(file);
        if (found is not { IsRegularFile: true })
        {
            throw new BdSyncException(BdSyncExitStatus.Read, $"{file} is not there.");
        }

        try
        {
            return new(found.Path, access == FileAccess.Read ? FileMode.Open : FileMode.Truncate, access, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BdSyncException(BdSyncExitStatus.Read, exception.Message.Replace(found.Path, file, StringComparison.Ordinal), exception);
        }
    }

    /// <summary>A message of the system, with the folder's own path.</summary>
    public string Describe(string message) => message.Replace(folder.Path, path, StringComparison.Ordinal);

    /// <summary>Removes a patch; one that is not there is no error.</summary>
    public void Remove(string file) => File.Delete(GetPath(file));

    /// <summary>The paths of all patches that start and end like this.</summary>
    public IEnumerable<string> List(string start, string end) =>
        Directory.EnumerateFiles(folder.Path).Select(file => $"{path}/{Path.GetFileName(file)}")
            .Where(file => IsPatch(file) && file.Length >= start.Length + end.Length && file.StartsWith(start, StringComparison.Ordinal) && file.EndsWith(end, StringComparison.Ordinal));

    /// <summary>Fails where a path is not that of a patch in the folder.</summary>
    /// <exception cref="RestrictionException">It is not.</exception>
    public void Check(string file) => _ = GetPath(file);

    public void Dispose() => folder.Dispose();

    private bool IsPatch(string file) => Contains(file) && FileStatus.Get(GetPath(file), out var status) == 0 && status.IsRegularFile;

    private string GetPath(string file) =>
        GetName(file) is { } name ? $"{folder.Path}/{name}" : throw new RestrictionException($"{file} is not allowed: it is no patch in {path}.");

    private string? GetName(string file) => file.StartsWith($"{path}/", StringComparison.Ordinal) && PatchName.IsMatch(file.AsSpan(path.Length + 1)) ? file[(path.Length + 1)..] : null;

    // What tasks make, and undo patches that are made by hand.
    [GeneratedRegex(@"^[A-Za-z0-9._~%+-]{1,240}\.bdsync(\.gz|\.zst)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex PatchName { get; }
}
