using BdSync.Cli.Output.Live;

namespace BdSync.Cli.Output;

/// <summary>
/// Where messages go. Names come from patches and from peers: what does not print is left out, so that they can't send control
/// sequences to a terminal. Safe for several threads.
/// </summary>
internal static class StandardError
{
    private static LiveView? view;

    /// <summary>The view that messages appear above; null for none. There is one terminal, so there is one of these.</summary>
    public static LiveView? View
    {
        get => Volatile.Read(ref view);
        set => Volatile.Write(ref view, value);
    }

    public static void WriteLine(string message)
    {
        var printable = string.Concat(message.Where(character => character == '\n' || !char.IsControl(character)));
        if (View is { } shown)
        {
            shown.WriteLine(printable);
        }
        else if (ErrorTerminal.IsThere)
        {
            new ErrorTerminal().Write(printable + "\n");
        }
        else
        {
            Console.Error.WriteLine(printable);
        }
    }
}
