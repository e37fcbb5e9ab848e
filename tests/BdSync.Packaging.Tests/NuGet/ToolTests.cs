using BdSync.TestUtilities;

namespace BdSync.Packaging.Tests.NuGet;

/// <summary>The tool can be installed from a folder, and does what its README.md shows.</summary>
[Collection(nameof(PackageTests))]
public class ToolTests(PackageFixture packages)
{
    [Fact]
    public async Task It_installs_and_synchronizes()
    {
        using var tool = new TemporaryFolder();
        await new Command(tool.FullPath, ("NUGET_PACKAGES", tool.GetPath("packages")))
            .RunAsync("dotnet", "tool", "install", "BdSync.Tool", "--tool-path", tool.FullPath, "--add-source", packages.Folder, "--version", packages.Version);
        Assert.Contains(packages.Version, await new Command(tool.FullPath).RunAsync(tool.GetPath("bdsync"), "--version"), StringComparison.Ordinal);

        var blocks = DocumentedCode.Read("src/BdSync.Cli/README.md", "sh");
        Assert.Equal(2, blocks.Count);
        foreach (var block in blocks)
        {
            using var images = new ImagePair();
            await new Command(images.FullPath, ("PATH", $"{tool.FullPath}:{Environment.GetEnvironmentVariable("PATH")}")).RunAsync("sh", "-euc", block);
            images.ShouldBeEqual("copy.img");
        }
    }
}
