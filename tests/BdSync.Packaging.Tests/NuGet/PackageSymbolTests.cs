using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace BdSync.Packaging.Tests.NuGet;

[Collection(nameof(PackageTests))]
public class PackageSymbolTests(PackageFixture packages)
{
    /// <summary>EmbeddedSource, of the specification of portable PDBs.</summary>
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static TheoryData<string, string> Libraries => new()
    {
        { "BdSync.Protocol", "lib/net10.0/BdSync.Protocol" },
        { "BdSync.Lvm", "lib/net10.0/BdSync.Lvm" },
        { "BdSync.Tool", "tools/net10.0/any/bdsync" },
    };

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_symbols_belong_to_the_library_and_have_all_sources(string id, string name)
    {
        using var package = packages.Open(id);
        using var symbolPackage = packages.Open(id, "snupkg");
        using var library = new PEReader([.. package.Read($"{name}.dll")]);
        using var provider = MetadataReaderProvider.FromPortablePdbImage([.. symbolPackage.Read($"{name}.pdb")]);
        var symbols = provider.GetMetadataReader();

        var entry = library.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);
        Assert.Equal(library.ReadCodeViewDebugDirectoryData(entry).Guid, new BlobContentId(symbols.DebugMetadataHeader!.Id).Guid);

        var embedded = symbols.CustomDebugInformation.Select(symbols.GetCustomDebugInformation).Where(information => symbols.GetGuid(information.Kind) == EmbeddedSource).Select(information => information.Parent).ToHashSet();
        foreach (var handle in symbols.Documents)
        {
            var document = symbols.GetString(symbols.GetDocument(handle).Name);
            Assert.StartsWith("/_/", document, StringComparison.Ordinal);
            Assert.Contains(handle, embedded);
        }
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void No_path_of_the_building_machine_is_left(string id, string name)
    {
        using var package = packages.Open(id);
        using var symbolPackage = packages.Open(id, "snupkg");
        string[] paths = [packages.SourceFolder, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + "/.", "/tmp/bdsync-test-"];

        Assert.All([package.Read($"{name}.dll"), symbolPackage.Read($"{name}.pdb")], content => Assert.All(paths, path =>
        {
            Assert.Equal(-1, content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(path)));
            Assert.Equal(-1, content.AsSpan().IndexOf(Encoding.Unicode.GetBytes(path)));
        }));
    }

    [Fact]
    public async Task The_same_sources_give_the_same_bytes_in_another_folder()
    {
        using var other = await SourceCopy.CreateAsync();
        var folder = await other.PackAsync(packages.Version);

        var names = Directory.EnumerateFiles(packages.Folder).Select(Path.GetFileName).Order().ToList();
        Assert.Equal(10, names.Count);
        Assert.Equal(names, Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order());
        Assert.All(names, name => Assert.True(
            File.ReadAllBytes(Path.Combine(packages.Folder, name!)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder, name!))), $"{name} has other bytes."));
    }
}
