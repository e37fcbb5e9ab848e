namespace BdSync.Cli.Output.Live;

/// <summary>A terminal that a view is drawn on.</summary>
internal interface ILiveTerminal
{
    /// <summary>Its present size.</summary>
    LiveSize Size { get; }

    /// <summary>Whether nobody is disturbed by what is drawn now. A program in the background isn't free to draw, nor is one whose child asks for a passphrase.</summary>
    bool IsFree { get; }

    /// <summary>Writes at once, and all together. That the terminal is gone is no error.</summary>
    void Write(string text);
}
