using BdSync.TestUtilities;

namespace BdSync.Packaging.Tests.Debian;

/// <summary>A package's files in a folder.</summary>
internal sealed class UnpackedPackage : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private UnpackedPackage()
    {
    }

    /// <summary>The folder: the root of the files.</summary>
    public string Root => folder.FullPath;

    /// <summary>Unpacks one.</summary>
    public static async Task<UnpackedPackage> OpenAsync(string package)
    {
        var unpacked = new UnpackedPackage();
        await Command.Here.RunAsync("dpkg-deb", "--extract", package, unpacked.Root);
        return unpacked;
    }

    /// <summary>The path of one of the files.</summary>
    public string GetPath(string path) => folder.GetPath(path);

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
