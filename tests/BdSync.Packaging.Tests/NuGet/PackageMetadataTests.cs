using System.Text;
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
}
