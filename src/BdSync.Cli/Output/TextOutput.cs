using System.Text;
using BdSync.Protocol;

namespace BdSync.Cli.Output;

/// <summary>Standard output for text, as UTF-8.</summary>
internal static class TextOutput
{
    /// <summary>Writes the text as it is.</summary>
    /// <exception cref="BdSyncException">It can't be written, or nobody reads it.</exception>
    public static void Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes text that is UTF-8 already.</summary>
    /// <exception cref="BdSyncException">It can't be written, or nobody reads it.</exception>
    public static void Write(ReadOnlySpan<byte> text)
    {
        try
        {
            using var output = new StandardOutput();
            output.Write(text);
        }
        catch (IOException exception)
        {
            throw new BdSyncException(BdSyncExitStatus.Write, $"Writing to standard output failed: {exception.Message}", exception);
        }
    }
}
