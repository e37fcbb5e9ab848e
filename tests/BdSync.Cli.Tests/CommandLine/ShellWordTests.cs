using System.Text;
using BdSync.Cli.CommandLine;
using BdSync.Cli.Tasks;
using BdSync.Cli.Tests.Commands;
using FsCheck.Fluent;

namespace BdSync.Cli.Tests.CommandLine;

/// <summary>A quoted word comes out of a shell as it was, whatever is in it.</summary>
public sealed class ShellWordTests
{
    private const int WordsPerShell = 200;

    private static readonly string[] KnownShells = ["sh", "dash", "bash", "busybox sh"];

    public static TheoryData<string> Shells => [.. KnownShells.Where(IsThere)];

    // One start of a shell for many words: what is printed has a NUL behind each.
    [Theory]
    [MemberData(nameof(Shells))]
    public void Quoting_and_a_shell_undo_each_other(string shell)
    {
        var special = Gen.Elements(" \t\n'\"\\$`*?[]{}()<>|&;#~!=-./%^\r\u0001é\U0001F600a".EnumerateRunes().Select(rune => rune.ToString()).ToArray());
        var words = special.ListOf().Select(string.Concat).Sample(WordsPerShell).Append("").Append("-n").Append("~").Append("~/x").Append("a=b").Append("--a=b c").ToList();

        foreach (var script in new Func<string, string>[] { text => text, ShellWord.Script, text => $":;{ShellWord.Script(ShellWord.Script(text))}" })
        {
            var line = script($"printf '%s\\0' {string.Join(' ', words.Select(ShellWord.Quote))}");

            Assert.Equal(words, RunShell(shell, line));
        }
    }

    [Theory]
    [InlineData("plain-1_2.img", "plain-1_2.img")]
    [InlineData("/dev/vg0/data", "/dev/vg0/data")]
    [InlineData("--diffsize=resize", "--diffsize=resize")]
    [InlineData("a=b", "'a=b'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("", "''")]
    public void Words_are_quoted_where_that_is_needed(string word, string quoted) => Assert.Equal(quoted, ShellWord.Quote(word));

    [Theory]
    [InlineData("-rf", "./-rf")]
    [InlineData("-a b", "'./-a b'")]
    [InlineData("~/a b", "~/'a b'")]
    [InlineData("~", "~")]
    [InlineData("~/", "~/")]
    [InlineData("~backup/x", "~backup/x")]
    [InlineData("~a b/x", "'~a b/x'")]
    [InlineData("a~", "'a~'")]
    [InlineData("", "''")]
    public void Paths_keep_their_home_and_are_no_options(string path, string quoted) => Assert.Equal(quoted, ShellWord.QuotePath(path));

    [Fact]
    public void A_home_is_the_one_of_the_shell() =>
        Assert.Equal(["/home of/a b"], RunShell("sh", $"HOME='/home of'; printf '%s\\0' {ShellWord.QuotePath("~/a b")}"));

    [Fact]
    public void A_NUL_is_refused() => Assert.Throws<TaskException>(() => ShellWord.Quote("a\0b"));

    private static bool IsThere(string shell) => BdSyncProgram.RunShell($"{shell} -c :").ExitCode == 0;

    private static string[] RunShell(string shell, string line)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(shell.Split(' ')[0], [.. shell.Split(' ')[1..], "-c", line]) { RedirectStandardOutput = true })!;
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        return Encoding.UTF8.GetString(output.ToArray()).Split('\0')[..^1];
    }
}
