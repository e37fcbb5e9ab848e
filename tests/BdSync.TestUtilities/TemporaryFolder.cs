namespace BdSync.TestUtilities;

/// <summary>A folder of a test's own, removed with all that is in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Creates it.</summary>
    /// <param name="parent">Where, for a test that needs a certain file system; null for the usual place.</param>
    public TemporaryFolder(string? parent = null) =>
        FullPath = parent is null
            ? Directory.CreateTempSubdirectory("bdsync-test-").FullName
            : Directory.CreateDirectory(Path.Combine(parent, $"bdsync-test-{Guid.NewGuid():N}")).FullName;

    /// <summary>Where it lies.</summary>
    public string FullPath { get; }

    /// <summary>The path of something in it.</summary>
    public string GetPath(string name) => Path.Combine(FullPath, name);

    /// <summary>Writes a file and returns its path.</summary>
    public string CreateFile(string name, ReadOnlySpan<byte> content)
    {
        var path = GetPath(name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
