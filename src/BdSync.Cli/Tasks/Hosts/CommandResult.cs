using System.Text;

namespace BdSync.Cli.Tasks.Hosts;

/// <summary>How a command on the other side ended.</summary>
/// <param name="ExitStatus">Its exit status; 128 and the number of a signal that ended it.</param>
/// <param name="Output">The beginning of what it wrote, at most <see cref="RemoteShell.MaxOutputLength"/> bytes.</param>
/// <param name="IsOutputCut">Whether it wrote more.</param>
/// <param name="Errors">The last lines of its standard error.</param>
/// <param name="IsInputCut">Whether it ended before it had taken all that was for it.</param>
internal sealed record CommandResult(int ExitStatus, ReadOnlyMemory<byte> Output, bool IsOutputCut, IReadOnlyList<string> Errors, bool IsInputCut)
{
    public string Text => Encoding.UTF8.GetString(Output.Span);
}
