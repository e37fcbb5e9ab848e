using System.IO.Compression;
using System.Xml.Linq;

namespace BdSync.Packaging.Tests.NuGet;

/// <summary>A package, looked into.</summary>
internal sealed class Package : IDisposable
{
    private readonly ZipArchive archive;
    private readonly XElement metadata;

    public Package(string path)
    {
        archive = ZipFile.OpenRead(path);
        var manifest = XDocument.Load(new MemoryStream(Read(Names.Single(name => name.EndsWith(".nuspec", StringComparison.Ordinal)))));
        metadata = manifest.Root!.Elements().Single();
    }

    /// <summary>The files in it.</summary>
    public IEnumerable<string> Names => archive.Entries.Select(entry => entry.FullName);

    /// <summary>The packages that it needs, and their versions.</summary>
    public IReadOnlyDictionary<string, string> Dependencies =>
        metadata.Descendants().Where(element => element.Name.LocalName == "dependency").ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value);

    /// <summary>An element of the metadata.</summary>
    public XElement? Find(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);

    /// <summary>The bytes of a file.</summary>
    public byte[] Read(string name)
    {
        using var content = archive.GetEntry(name)!.Open();
        using var memory = new MemoryStream();
        content.CopyTo(memory);
        return memory.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => archive.Dispose();
}
