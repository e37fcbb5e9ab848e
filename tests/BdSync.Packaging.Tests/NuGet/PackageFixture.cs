using System.Text.Json;

namespace BdSync.Packaging.Tests.NuGet;

/// <summary>The packages, packed once for all tests. Their version is a new one each time, so that no cache can have it.</summary>
public sealed class PackageFixture : IAsyncLifetime
{
    private SourceCopy? sources;

    /// <summary>The version of the packages.</summary>
    public string Version { get; } = $"0.1.0-test.{DateTime.UtcNow.Ticks}";

    /// <summary>Where the packages lie.</summary>
    public string Folder { get; private set; } = "";

    /// <summary>Where they were built.</summary>
    public string SourceFolder => sources!.FullPath;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        sources = await SourceCopy.CreateAsync();
        Folder = await sources.PackAsync(Version);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        sources?.Dispose();
        return ValueTask.CompletedTask;
    }

    internal JsonDocument ReadBom(string id) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, $"{id}.{Version}.cdx.json")));

    internal Package Open(string id, string extension = "nupkg") => new(Path.Combine(Folder, $"{id}.{Version}.{extension}"));
}
