using BdSync.TestUtilities;

namespace BdSync.Interop.Tests.Programs;

/// <summary>A program whose standard input, output and error are a terminal, by script(1).</summary>
internal sealed class PseudoTerminal : IAsyncDisposable
{
    private const string IdFile = "terminal.pid";
    private const string LogFile = "terminal.log";

    private readonly WorkFolder folder;
    private readonly RunningProgram program;

    private PseudoTerminal(WorkFolder folder, RunningProgram program) => (this.folder, this.program) = (folder, program);

    /// <summary>What it has shown so far.</summary>
    public string Shown => File.Exists(folder[LogFile]) ? File.ReadAllText(folder[LogFile]) : "";

    /// <summary>Starts a program.</summary>
    /// <param name="folder">Where to, and where files about it are written.</param>
    /// <param name="command">A command line for the shell, whose last part is the program.</param>
    /// <param name="environment">What env(1) sets beside TERM and LANG, or takes back.</param>
    /// <param name="columns">How wide the terminal is.</param>
    public static PseudoTerminal Start(WorkFolder folder, string command, string environment = "", int columns = 80)
    {
        TestEnvironment.Require(File.Exists("/usr/bin/script"), "This test needs script, from the package bsdutils.");
        var path = folder.WriteScript("terminal.sh", $"stty cols {columns} rows 24\necho $$ > {IdFile}\nexec env -u NO_COLOR -u LC_ALL -u LC_CTYPE TERM=xterm LANG=C.UTF-8 {environment} {command}");
        // script(1) starts a shell for it. One that stayed in between would be ended by Ctrl-C, and its status would be the one that counts.
        var program = folder.Start("script", "-qefc", $"exec {path}", folder[LogFile]);
        program.CollectOutput();
        return new(folder, program);
    }

    /// <summary>Types something.</summary>
    public Task TypeAsync(string text) => program.SendAsync([.. text.Select(character => (byte)character)]);

    /// <summary>Sends a signal to the program.</summary>
    public void Signal(int signal) => RunningProgram.Send(int.Parse(File.ReadAllText(folder[IdFile]), System.Globalization.CultureInfo.InvariantCulture), signal);

    /// <summary>Waits until something is shown.</summary>
    public async Task WaitForAsync(string text)
    {
        for (var left = 600; !Shown.Contains(text, StringComparison.Ordinal); left--)
        {
            Assert.True(left > 0 && !program.HasExited, $"{text} was not shown: {Shown}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit status, and as its output all that was shown.</returns>
    public Task<ProgramResult> WaitAsync() => program.WaitAsync();

    public ValueTask DisposeAsync() => program.DisposeAsync();
}
