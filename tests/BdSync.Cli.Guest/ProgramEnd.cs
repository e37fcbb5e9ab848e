namespace BdSync.Cli.Guest;

/// <summary>How the program ended.</summary>
/// <param name="ExitStatus">Its exit status; 128 and more for a signal.</param>
/// <param name="Output">What it printed, errors included.</param>
public sealed record ProgramEnd(int ExitStatus, string Output)
{
    /// <summary>Fails, with all that was printed, where it ended otherwise.</summary>
    public ProgramEnd Expect(int exitStatus, params IReadOnlyList<string> lines)
    {
        Assert.True(ExitStatus == exitStatus, $"Exit status {ExitStatus} in place of {exitStatus}:\n{Output}");
        Assert.All(lines, line => Assert.True(Output.Contains(line, StringComparison.Ordinal), $"Nothing like '{line}' in:\n{Output}"));
        return this;
    }
}
