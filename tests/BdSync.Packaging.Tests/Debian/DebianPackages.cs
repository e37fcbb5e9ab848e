using System.Runtime.InteropServices;
using BdSync.TestUtilities;

namespace BdSync.Packaging.Tests.Debian;

/// <summary>What <c>./build.sh --deb</c> makes, for both architectures, of a copy of the sources: the tree that the tests run from stays as it is.</summary>
public sealed class DebianPackages : IAsyncLifetime
{
    /// <summary>The name of the package.</summary>
    public const string Name = "bdsync-dotnet";

    private readonly TemporaryFolder _copy = new();

    private static bool CanBuild => Environment.IsPrivilegedProcess && RuntimeInformation.OSArchitecture == Architecture.X64;

    /// <summary>Where they lie. Skips the test where they can't be made.</summary>
    public string Folder
    {
        get
        {
            TestEnvironment.Require(CanBuild, "This test needs root, and x86-64.");
            return _copy.GetPath("artifacts/debian");
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

        const string copy = """cd "$1" && git ls-files -z --cached --others --exclude-standard | xargs -0 cp -P --parents -t "$2" """;
        await Command.Here.RunAsync("bash", "-c", copy, "bash", TestEnvironment.SourceFolder, _copy.FullPath);

        // An unusual umask must not show.
        var log = _copy.GetPath("log");
        var (status, _, _) = await Command.Here.TryAsync("bash", "-c", """umask 077; "$1/build.sh" --deb > "$2" 2>&1""", "bash", _copy.FullPath, log);
        Assert.True(status == 0, await File.ReadAllTextAsync(log));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _copy.Dispose();
        return ValueTask.CompletedTask;
    }
}
