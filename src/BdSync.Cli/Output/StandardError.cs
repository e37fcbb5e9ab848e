namespace BdSync.Cli.Output;

/// <summary>
/// Where messages go. Names come from patches and from peers: what does not print is left out, so that they can't send control
/// sequences to a terminal.
/// </summary>
internal static class StandardError
{
    public static void WriteLine(string message) =>
        Console.Error.WriteLine(string.Concat(message.Where(character => character == '\n' || !char.IsControl(character))));
}
