namespace BdSync.Cli.Tasks;

/// <summary>How the other side of a task is reached. Tasks with an equal <see cref="Identity"/> go to the same host.</summary>
/// <param name="Text">As the file has it.</param>
/// <param name="Words">The words of <c>connection_command</c>; empty where the text is an address, <c>ssh://[user@]host[:port]</c>.</param>
internal sealed record TaskConnection(string Text, IReadOnlyList<string> Words)
{
    /// <summary>Whether it goes over the built-in ssh.</summary>
    public bool IsAddress => Words.Count == 0;

    /// <summary>The same for all ways to write the same words.</summary>
    public string Identity => IsAddress ? Text : string.Join('\0', Words);

    public override string ToString() => Text;
}
