using System.Text;
using System.Text.Json;
using BdSync.TestUtilities;

namespace BdSync.Packaging.Tests.NuGet;

[Collection(nameof(PackageTests))]
public class PackageMetadataTests(PackageFixture packages)
{
    [Theory]
    [InlineData("BdSync.Protocol", "BdSync.Protocol")]
    [InlineData("BdSync.Lvm", "BdSync.Lvm")]
    [InlineData("BdSync.Tool", "BdSync.Cli")]
    public void A_package_says_what_it_is_and_under_which_licence(string id, string project)
    {
        using var package = packages.Open(id);

        Assert.Equal(packages.Version, package.Find("version")?.Value);
        Assert.Equal("The BdSync authors", package.Find("authors")?.Value);
        Assert.Equal(("expression", "MIT"), (package.Find("license")?.Attribute("type")?.Value, package.Find("license")?.Value));
        Assert.InRange(package.Find("description")!.Value.Length, 40, 300);
        Assert.Contains("lvm", package.Find("tags")!.Value.Split(' '));
        Assert.Contains("CHANGELOG.md", package.Find("releaseNotes")!.Value, StringComparison.Ordinal);
        Assert.Equal("README.md", package.Find("readme")?.Value);
        Assert.Equal(File.ReadAllBytes(Path.Combine(TestEnvironment.SourceFolder, "src", project, "README.md")), package.Read("README.md"));
        Assert.Equal(File.ReadAllBytes(Path.Combine(TestEnvironment.SourceFolder, "CHANGELOG.md")), package.Read("CHANGELOG.md"));
        Assert.Equal(File.ReadAllBytes(Path.Combine(TestEnvironment.SourceFolder, "LICENSE")), package.Read("LICENSE"));
        Assert.Null(package.Find("projectUrl"));
        Assert.Null(package.Find("repository")?.Attribute("url"));
    }

    [Fact]
    public void The_protocol_needs_what_its_code_uses_and_nothing_that_only_builds_it()
    {
        using var package = packages.Open("BdSync.Protocol");

        Assert.Equal(["BouncyCastle.Cryptography", "K4os.Hash.xxHash", "Microsoft.Extensions.Logging.Abstractions", "SSH.NET", "System.IO.Hashing"], package.Dependencies.Keys.Order());
    }

    [Fact]
    public void Lvm_needs_the_protocol_of_its_own_version()
    {
        using var package = packages.Open("BdSync.Lvm");

        Assert.Equal(["BdSync.Protocol", "Microsoft.Extensions.Logging.Abstractions"], package.Dependencies.Keys.Order());
        Assert.Equal(packages.Version, package.Dependencies["BdSync.Protocol"]);
    }

    [Theory]
    [InlineData("BdSync.Protocol", "T:BdSync.Protocol.BdSyncClient")]
    [InlineData("BdSync.Lvm", "T:BdSync.Lvm.Snapshot")]
    public void A_library_comes_with_its_documentation(string id, string member)
    {
        using var package = packages.Open(id);

        var files = package.Names.Where(name => name.StartsWith("lib/", StringComparison.Ordinal)).Order();
        Assert.Equal([$"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"], files);
        Assert.Contains($"\"{member}\"", Encoding.UTF8.GetString(package.Read($"lib/net10.0/{id}.xml")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_tool_runs_on_any_machine_with_the_runtime()
    {
        using var package = packages.Open("BdSync.Tool");

        Assert.Equal("DotnetTool", package.Find("packageTypes")?.Elements().Single().Attribute("name")?.Value);
        Assert.Empty(package.Dependencies);
        var programs = package.Names.Where(name => name.StartsWith("tools/", StringComparison.Ordinal)).ToList();
        Assert.All(programs, name => Assert.StartsWith("tools/net10.0/any/", name, StringComparison.Ordinal));
        Assert.All(programs, name => Assert.False(package.Read(name).AsSpan().StartsWith("\u007FELF"u8), $"{name} is native."));
        var notices = Encoding.UTF8.GetString(package.Read("THIRD-PARTY-NOTICES.md"));
        var others = programs.Select(Path.GetFileName).Where(name => name!.EndsWith(".dll", StringComparison.Ordinal) && name is not ("bdsync.dll" or "BdSync.Lvm.dll" or "BdSync.Protocol.dll"));
        Assert.All(others, name => Assert.Contains(name!, notices, StringComparison.Ordinal));
        Assert.Contains("\"version\": \"10.0.0\"", Encoding.UTF8.GetString(package.Read("tools/net10.0/any/bdsync.runtimeconfig.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BdSync.Protocol")]
    [InlineData("BdSync.Lvm")]
    public void The_SBOM_of_a_library_lists_what_it_needs(string id)
    {
        using var package = packages.Open(id);
        using var bom = packages.ReadBom(id);

        var listed = GetComponents(bom).ToDictionary(component => component.Name, component => component.Version);
        Assert.All(package.Dependencies.Where(dependency => !dependency.Key.StartsWith("BdSync.", StringComparison.Ordinal)), dependency => Assert.Equal(dependency.Value, listed[dependency.Key]));
        Assert.Equal(packages.Version, bom.RootElement.GetProperty("metadata").GetProperty("component").GetProperty("version").GetString());
    }

    [Fact]
    public void The_SBOM_of_the_tool_lists_what_is_in_it()
    {
        using var package = packages.Open("BdSync.Tool");
        using var bom = packages.ReadBom("BdSync.Tool");
        using var dependencies = JsonDocument.Parse(package.Read("tools/net10.0/any/bdsync.deps.json"));

        var expected = dependencies.RootElement.GetProperty("libraries").EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package").Select(library => library.Name);
        Assert.Equal(expected.Order(StringComparer.Ordinal), GetComponents(bom).Select(component => $"{component.Name}/{component.Version}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_checksums_are_those_of_all_files()
    {
        var command = new Command(packages.Folder);
        await command.RunAsync("sha256sum", "--check", "--strict", "SHA256SUMS");
        var names = (await File.ReadAllLinesAsync(Path.Combine(packages.Folder, "SHA256SUMS"), TestContext.Current.CancellationToken)).Select(line => line[66..]);
        Assert.Equal(Directory.GetFiles(packages.Folder).Select(file => Path.GetFileName(file)).Except(["SHA256SUMS"]).Order(StringComparer.Ordinal), names);
    }

    private static IEnumerable<(string Name, string? Version)> GetComponents(JsonDocument bom) =>
        bom.RootElement.GetProperty("components").EnumerateArray().Select(component => (component.GetProperty("name").GetString()!, component.GetProperty("version").GetString()));
}
