using System.Text.Json;

namespace BdSync.Packaging.Tests.Debian;

[Collection(DebianPackagesGroup.Name)]
public class SbomTests(DebianPackages packages)
{
    [Theory]
    [InlineData("amd64", "x64")]
    [InlineData("arm64", "arm64")]
    public async Task It_lists_the_packages_in_the_program_and_the_runtime(string architecture, string processor)
    {
        using var bom = await ReadAsync(Assert.Single(Directory.GetFiles(packages.Folder, $"*_{architecture}.cdx.json")));
        var components = bom.RootElement.GetProperty("components").EnumerateArray().ToLookup(component => component.GetProperty("type").GetString());
        var runtime = Assert.Single(components["framework"]);
        Assert.StartsWith($"pkg:nuget/Microsoft.NETCore.App.Runtime.NativeAOT.linux-{processor}@", runtime.GetProperty("purl").GetString(), StringComparison.Ordinal);

        // What the compiler has written down beside the program that these tests could run, whose packages are the same.
        var build = Path.Combine(packages.Folder, "..", "publish", architecture, "build", "bin", "BdSync.Cli");
        using var dependencies = await ReadAsync(Assert.Single(Directory.GetFiles(build, "bdsync.deps.json", SearchOption.AllDirectories)));
        var expected = dependencies.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package" && !library.Name.StartsWith("runtime", StringComparison.Ordinal) && !IsTool(library.Name))
            .Select(library => $"pkg:nuget/{library.Name.Replace('/', '@')}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), components["library"].Select(component => component.GetProperty("purl").GetString()).Order(StringComparer.Ordinal));
        Assert.All(components.SelectMany(group => group), component => Assert.NotEmpty(component.GetProperty("licenses").EnumerateArray()));
    }

    [Fact]
    public async Task Nothing_in_it_depends_on_where_and_when_it_was_made()
    {
        foreach (var file in Directory.GetFiles(packages.Folder, "*.cdx.json"))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            Assert.DoesNotContain("serialNumber", text, StringComparison.Ordinal);
            Assert.DoesNotContain("timestamp", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Path.GetFullPath(Path.Combine(packages.Folder, "../..")), text, StringComparison.Ordinal);
        }
    }

    // Packages that work on the program and aren't in it.
    private static bool IsTool(string library) => library.StartsWith("Microsoft.DotNet.ILCompiler/", StringComparison.Ordinal) || library.StartsWith("Microsoft.NET.ILLink.Tasks/", StringComparison.Ordinal);

    private static async Task<JsonDocument> ReadAsync(string path)
    {
        await using var file = File.OpenRead(path);
        return await JsonDocument.ParseAsync(file, cancellationToken: TestContext.Current.CancellationToken);
    }
}
