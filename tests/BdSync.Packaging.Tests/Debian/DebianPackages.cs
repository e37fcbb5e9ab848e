using System.Runtime.InteropServices;
using BdSync.TestUtilities;

namespace BdSync.Packaging.Tests.Debian;

/// <summary>What <c>./build.sh --deb</c> makes, for both architectures, of a copy of the sources: the tree that the tests run from stays as it is.</summary>
public sealed class DebianPackages : IAsyncLifetime
{
    /// <summary>The name of the package.</summary>
    public const string Name = "bdsync-dotnet";

    private SourceCopy? sources;

    private static bool CanBuild => Environment.IsPrivilegedProcess && RuntimeInformation.OSArchitecture == Architecture.X64;

    /// <summary>Where they lie. Skips the test where they can't be made.</summary>
    public string Folder
    {
        get
        {
            TestEnvironment.Require(CanBuild, "This test needs root, and x86-64.");
            return Path.Combine(sources!.FullPath, "artifacts", "debian");
        }
    }

    /// <summary>The path of the package for amd64 or arm64.</summary>
    public string GetPackage(string architecture) => Assert.Single(Directory.GetFiles(Folder, $"{Name}_*_{architecture}.deb"));

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!CanBuild)
        {
            return;
        }

        sources = await SourceCopy.CreateAsync();

        // An unusual umask must not show.
        await new Command(sources.FullPath).RunAsync("bash", "-c", "umask 077; ./build.sh --deb");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        sources?.Dispose();
        return ValueTask.CompletedTask;
    }
}
