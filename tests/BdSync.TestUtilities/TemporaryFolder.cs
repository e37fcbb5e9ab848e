namespace BdSync.TestUtilities;

/// <summary>A folder of a test's own, removed with all that is in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it lies.</summary>
    public string FullPath { get; } = Directory.CreateTempSubdirectory("bdsync-test-").FullName;

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
