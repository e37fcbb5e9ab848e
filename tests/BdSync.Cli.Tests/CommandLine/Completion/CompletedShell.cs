using System.Diagnostics;
using BdSync.Cli.Tests.Commands;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.CommandLine.Completion;

/// <summary>Shells with the scripts of packaging/completions, in which TAB is pressed.</summary>
/// <param name="folder">For links to the program, and homes.</param>
internal sealed class CompletedShell(TemporaryFolder folder)
{
    private static readonly string[] Programs = ["bdsync", "bdsync-manager"];

    private const string BashCompletion = "/usr/share/bash-completion/bash_completion";

    private static readonly string Scripts = Path.Combine(TestEnvironment.SourceFolder, "packaging", "completions");

    private static readonly string Keyboard = Path.Combine(TestEnvironment.SourceFolder, "tests", "BdSync.Cli.Tests", "CommandLine", "Completion", "press-tab.zsh");

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    /// <summary>Types a line and presses TAB.</summary>
    /// <param name="shell"><c>bash</c>, <c>bash with bash-completion</c>, <c>zsh</c> or <c>fish</c>.</param>
    /// <param name="line">The line.</param>
    /// <returns>What was shown; with bash and zsh the line that came of it, too, as <c>line=&lt;…&gt;</c>.</returns>
    public string PressTab(string shell, string line)
    {
        foreach (var name in Programs.Where(name => !File.Exists(folder.GetPath(name))))
        {
            File.CreateSymbolicLink(folder.GetPath(name), BdSyncProgram.Path);
        }

        Tool.Require(shell.Split(' ')[0]);
        if (shell == "fish")
        {
            return Run("fish", ["--no-config", "-c", $"source {Scripts}/bdsync.fish; complete -C $argv[1]", line], "");
        }

        Tool.Require("zsh");
        return shell == "zsh"
            ? Run("zsh", ["-f", Keyboard, line, "zsh", "-f"], $"fpath=({Scripts} $fpath); autoload -Uz compinit; compinit -D -u; LISTMAX=0; unsetopt list_ambiguous; shown() {{ print -r -- \"line=<$BUFFER>\" }}; zle -N shown; bindkey '^X^G' shown")
            : Run("zsh", ["-f", Keyboard, line, "bash", "--norc", "--noprofile"], GetBashSetup(shell != "bash"));
    }

    private static string GetBashSetup(bool withBashCompletion)
    {
        TestEnvironment.Require(!withBashCompletion || File.Exists(BashCompletion), "This test needs the package bash-completion.");
        var first = withBashCompletion ? $". {BashCompletion}; " : "";
        return $"{first}bind 'set show-all-if-ambiguous on'; bind 'set page-completions off'; bind 'set completion-query-items 0'; bind 'set enable-bracketed-paste off'; "
            + $"bind -x '\"\\C-x\\C-g\": printf \"line=<%s>\\n\" \"$READLINE_LINE\"'; . {Scripts}/bdsync.bash";
    }

    private string Run(string program, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.FullPath };
        start.Environment["PATH"] = $"{folder.FullPath}:{start.Environment["PATH"]}";
        start.Environment["HOME"] = folder.FullPath;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeLimit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} did not end.");
        }

        Assert.Equal("", errors.Result);
        return output.Result;
    }
}
