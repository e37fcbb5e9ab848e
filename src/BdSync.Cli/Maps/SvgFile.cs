using BdSync.Protocol;

namespace BdSync.Cli.Maps;

/// <summary>The file of <c>--svg</c>.</summary>
internal static class SvgFile
{
    /// <summary>Writes a picture; a file that is there is replaced.</summary>
    /// <exception cref="BdSyncException">It can't be written.</exception>
    public static void Write(string path, string picture)
    {
        try
        {
            File.WriteAllText(path, picture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BdSyncException(BdSyncExitStatus.Write, $"Writing the picture to {path} failed: {exception.Message}", exception);
        }
    }
}
