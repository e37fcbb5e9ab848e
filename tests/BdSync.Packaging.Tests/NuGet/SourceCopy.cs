using BdSync.TestUtilities;

namespace BdSync.Packaging.Tests.NuGet;

/// <summary>A copy of the sources without git and without outputs: a build in it disturbs none of the tree.</summary>
internal sealed class SourceCopy : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SourceCopy()
    {
        foreach (var file in Directory.EnumerateFiles(TestEnvironment.SourceFolder))
        {
            // Where git keeps a work tree's files elsewhere, .git is a file.
            if (Path.GetFileName(file) != ".git")
            {
                File.Copy(file, folder.GetPath(Path.GetFileName(file)));
            }
        }

        Copy("src");
        Copy("scripts");
    }

    /// <summary>Where it lies.</summary>
    public string FullPath => folder.FullPath;

    /// <summary>Packs what is there, with a version.</summary>
    /// <returns>The folder with the packages.</returns>
    public async Task<string> PackAsync(string version)
    {
        await new Command(FullPath, ("VERSION", version)).RunAsync(Path.Combine(FullPath, "build.sh"), "--packages");
        return Path.Combine(FullPath, "artifacts", "packages");
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private void Copy(string name)
    {
        var source = Path.Combine(TestEnvironment.SourceFolder, name);
        var target = Directory.CreateDirectory(folder.GetPath(name)).FullName;
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        foreach (var child in Directory.EnumerateDirectories(source).Select(Path.GetFileName).Where(child => child is not ("bin" or "obj")))
        {
            Copy(Path.Combine(name, child!));
        }
    }
}
