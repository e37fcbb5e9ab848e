using System.Text.RegularExpressions;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Documentation;

/// <summary>A page of the documentation.</summary>
/// <param name="Path">From the root of the source tree on.</param>
/// <param name="Text">What is in it, without blocks of code.</param>
internal sealed partial record MarkdownPage(string Path, string Text)
{
    public static MarkdownPage Read(string path)
    {
        var file = System.IO.Path.Combine(TestEnvironment.SourceFolder, path);
        Assert.True(File.Exists(file), $"{path} is missing.");
        return new(path, CodeBlock().Replace(File.ReadAllText(file), ""));
    }

    /// <summary>What stands below a heading of any level, up to the next one that is as high.</summary>
    public string GetSection(string heading)
    {
        var start = Heading().Matches(Text).FirstOrDefault(match => match.Groups["title"].Value.Replace("`", "") == heading);
        Assert.True(start is not null, $"{Path} has no section '{heading}'.");
        var end = Heading().Matches(Text).FirstOrDefault(match => match.Index > start.Index && match.Groups["level"].Length <= start.Groups["level"].Length);
        return Text[(start.Index + start.Length)..(end?.Index ?? Text.Length)];
    }

    /// <summary>What the headings are called in links, as GitHub makes it of them.</summary>
    public IReadOnlySet<string> FindAnchors()
    {
        HashSet<string> anchors = [];
        foreach (Match heading in Heading().Matches(Text))
        {
            var name = NoPartOfAnchor().Replace(LinkTarget().Replace(heading.Groups["title"].Value.ToLowerInvariant(), ""), "").Replace(' ', '-');
            for (var number = 0; !anchors.Add(number == 0 ? name : $"{name}-{number}"); number++)
            {
            }
        }

        return anchors;
    }

    /// <summary>Where its links lead, but for those to other places of the world.</summary>
    public IReadOnlyList<string> FindLinks() => [.. LinkTarget().Matches(InlineCode().Replace(Text, "")).Select(match => match.Groups["target"].Value).Where(target => !target.Contains("://") && !target.StartsWith("mailto:"))];

    [GeneratedRegex(@"^(?<fence>```|~~~).*?^\k<fence>\s*?$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"`[^`\n]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"^(?<level>#+) (?<title>.*?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex LinkTarget();

    [GeneratedRegex(@"[^\p{L}\p{N}_ -]")]
    private static partial Regex NoPartOfAnchor();
}
