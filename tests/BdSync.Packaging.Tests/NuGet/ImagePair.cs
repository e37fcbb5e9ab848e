using BdSync.TestUtilities;

namespace BdSync.Packaging.Tests.NuGet;

/// <summary>A folder with what the README.md files speak of: data.img, and two older copies of it.</summary>
internal sealed class ImagePair : IDisposable
{
    /// <summary>The size of the images in bytes: more than one block range.</summary>
    public const int Length = 1_000_000;

    private readonly TemporaryFolder folder = new();
    private readonly byte[] data = new byte[Length];

    public ImagePair()
    {
        new Random(1).NextBytes(data);
        folder.CreateFile("data.img", data);
        var old = data.ToArray();
        old.AsSpan(Length / 2, 5000).Clear();
        folder.CreateFile("copy.img", old);
        folder.CreateFile("old.img", old);
    }

    /// <summary>Where they lie.</summary>
    public string FullPath => folder.FullPath;

    /// <summary>The path of something in the folder.</summary>
    public string GetPath(string name) => folder.GetPath(name);

    /// <summary>Checks that a copy is not old any more.</summary>
    public void ShouldBeEqual(string name) => Assert.True(File.ReadAllBytes(folder.GetPath(name)).AsSpan().SequenceEqual(data), $"{name} differs from data.img.");

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
