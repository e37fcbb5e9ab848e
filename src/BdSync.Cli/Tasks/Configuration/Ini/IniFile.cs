using System.Text;

namespace BdSync.Cli.Tasks.Configuration.Ini;

/// <summary>A file in the dialect of Python's configparser.</summary>
/// <param name="Path">The file.</param>
/// <param name="Defaults">What <c>[DEFAULT]</c> has, wherever that stands and however often.</param>
/// <param name="Sections">All others, in their order.</param>
internal sealed record IniFile(string Path, IniSection Defaults, IReadOnlyList<IniSection> Sections)
{
    /// <summary>The largest file in bytes: far more than <see cref="IniParser.MaxSections"/> sections of reasonable size take.</summary>
    public const int MaxLength = 1 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file; it needn't be a regular one.</summary>
    /// <exception cref="ConfigurationException">It can't be read, is too large, not UTF-8, or breaks the rules; all breaches are in the message, a line each.</exception>
    public static IniFile Read(string path)
    {
        var bytes = ReadBytes(path);
        try
        {
            return new IniParser(path).Parse(StrictUtf8.GetString(bytes));
        }
        catch (DecoderFallbackException exception)
        {
            var line = 1 + bytes.AsSpan(0, exception.Index).Count((byte)'\n');
            throw new ConfigurationException(Finding.Format($"{path}:{line}", null, null, "the file is not in UTF-8."), exception);
        }
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var buffer = new byte[MaxLength + 1];
            var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length <= MaxLength
                ? buffer[..length]
                : throw new ConfigurationException(Finding.Format(path, null, null, $"the file has more than {MaxLength} bytes, which is the most that is allowed."));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ConfigurationException(Finding.Format(path, null, null, "the file can't be read: it does not exist."), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ConfigurationException(Finding.Format(path, null, null, $"the file can't be read: {exception.Message}"), exception);
        }
    }
}
