using BdSync.TestUtilities;

namespace BdSync.Packaging.Tests;

/// <summary>A copy of the sources without git and without outputs: a build in it disturbs none of the tree.</summary>
internal sealed class SourceCopy : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private SourceCopy()
    {
    }

    /// <summary>Where it lies.</summary>
    public string FullPath => folder.FullPath;

    /// <summary>Copies all that git knows, or would take.</summary>
    public static async Task<SourceCopy> CreateAsync()
    {
        var copy = new SourceCopy();
        const string script = """git ls-files -z --cached --others --exclude-standard | xargs -0 cp -P --parents -t "$1" """;
        await new Command(TestEnvironment.SourceFolder).RunAsync("bash", "-o", "pipefail", "-c", script, "bash", copy.FullPath);
        return copy;
    }

    /// <summary>Makes the NuGet packages of a version.</summary>
    /// <returns>The folder with them.</returns>
    public async Task<string> PackAsync(string version)
    {
        await new Command(FullPath, ("VERSION", version)).RunAsync(Path.Combine(FullPath, "build.sh"), "--packages");
        return Path.Combine(FullPath, "artifacts", "packages");
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
