using System.Text;

namespace BdSync.Interop.Tests.Programs;

/// <summary>How a program ended: 128 plus its number for one that a signal ended.</summary>
/// <param name="ExitCode">The exit status.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Errors">What it wrote to standard error.</param>
internal sealed record ProgramResult(int ExitCode, byte[] Output, string Errors)
{
    public string OutputText => Encoding.UTF8.GetString(Output);

    public string[] ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Checks the exit status and shows what the program said where it is another one.</summary>
    public ProgramResult ShouldExitWith(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"The exit status is {ExitCode}, not {exitCode}. Standard error: {Errors}");
        return this;
    }

    /// <summary>Checks that standard error explains the end in a line or so, without a trace of the stack.</summary>
    public ProgramResult ShouldExplainItselfBriefly()
    {
        Assert.InRange(ErrorLines.Length, 1, 3);
        Assert.DoesNotContain("   at ", Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", Errors, StringComparison.Ordinal);
        return this;
    }
}
