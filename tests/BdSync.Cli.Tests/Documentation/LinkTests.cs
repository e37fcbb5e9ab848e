using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Documentation;

/// <summary>Links lead somewhere, and every page is found.</summary>
public class LinkTests
{
    private const string Index = "docs/README.md";

    private static readonly string[] Folders = ["docs", "samples", "src"];

    public static TheoryData<string> Pages => [.. ListPages()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_to_something(string path)
    {
        var page = MarkdownPage.Read(path);
        Assert.All(page.FindLinks(), link =>
        {
            var (target, anchor) = Resolve(page, link);
            var file = Path.Combine(TestEnvironment.SourceFolder, target);
            Assert.True(File.Exists(file) || Directory.Exists(file), $"{path} has a link to {link}, which is not there.");
            Assert.True(anchor.Length == 0 || MarkdownPage.Read(target).FindAnchors().Contains(anchor), $"{path} has a link to {link}, and {target} has no such heading.");
        });
    }

    [Fact]
    public void Every_page_is_reached_from_the_index()
    {
        HashSet<string> reached = [Index];
        var rest = new Queue<string>(reached);
        while (rest.TryDequeue(out var path))
        {
            var page = MarkdownPage.Read(path);
            foreach (var target in page.FindLinks().SelectMany(link => ListPages(Resolve(page, link).Target)))
            {
                if (reached.Add(target) && File.Exists(Path.Combine(TestEnvironment.SourceFolder, target)))
                {
                    rest.Enqueue(target);
                }
            }
        }

        Assert.All(ListPages().Where(path => path.StartsWith("docs/", StringComparison.Ordinal)), path => Assert.True(reached.Contains(path), $"No way leads from {Index} to {path}."));
    }

    // A link to a folder leads to all that is in it.
    private static IEnumerable<string> ListPages(string target) =>
        Directory.Exists(Path.Combine(TestEnvironment.SourceFolder, target)) ? Directory.EnumerateFiles(Path.Combine(TestEnvironment.SourceFolder, target), "*.md").Select(path => Path.Combine(target, Path.GetFileName(path)))
        : target.EndsWith(".md", StringComparison.Ordinal) ? [target]
        : [];

    private static (string Target, string Anchor) Resolve(MarkdownPage page, string link)
    {
        var parts = link.Split('#', 2);
        var folder = Path.Combine(TestEnvironment.SourceFolder, Path.GetDirectoryName(page.Path)!);
        var target = parts[0].Length == 0 ? page.Path : Path.GetRelativePath(TestEnvironment.SourceFolder, Path.GetFullPath(parts[0], folder));
        return (target, parts.Length > 1 ? parts[1] : "");
    }

    private static IEnumerable<string> ListPages()
    {
        foreach (var path in Directory.EnumerateFiles(TestEnvironment.SourceFolder, "*.md"))
        {
            yield return Path.GetFileName(path);
        }

        foreach (var folder in Folders.Select(name => Path.Combine(TestEnvironment.SourceFolder, name)).Where(Directory.Exists))
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(TestEnvironment.SourceFolder, path)))
            {
                if (!path.Split('/').Any(part => part is "bin" or "obj"))
                {
                    yield return path;
                }
            }
        }
    }
}
