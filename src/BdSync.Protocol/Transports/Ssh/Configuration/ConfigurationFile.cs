using System.Text;
using Microsoft.Win32.SafeHandles;

namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>Reads the lines of a file, within caps, and looks at whose it is.</summary>
internal static class ConfigurationFile
{
    /// <summary>The longest file that is read, in bytes.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>The longest line, in characters.</summary>
    public const int MaxLineLength = 1 << 16;

    /// <summary>errno ENOENT and ENOTDIR: there is no such file (asm-generic/errno-base.h).</summary>
    private static readonly int[] Missing = [2, 20];

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="owner">The user who alone, beside root, may own and write it; null where that doesn't matter, and where it may be a pipe.</param>
    /// <param name="isMissing">Whether there is no such file.</param>
    /// <returns>The lines; none for a directory, which is what OpenSSH gets from it.</returns>
    /// <exception cref="TransportException">It is too long, not a file, or others could have written it (<see cref="BdSyncExitStatus.Connection"/>).</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static IReadOnlyList<string> ReadLines(string path, uint? owner, out bool isMissing)
    {
        var error = ConfigurationFileStatus.Get(path, out var status);
        isMissing = Missing.Contains(error);
        if (isMissing)
        {
            return [];
        }

        if (error != 0)
        {
            throw new IOException($"Its state can't be read (error {error}).");
        }

        if (status.IsDirectory)
        {
            return [];
        }

        // A named pipe would be waited for, for ever.
        if (owner is not null && !status.IsRegularFile)
        {
            throw new TransportException(BdSyncExitStatus.Connection, $"{path} is read as a part of the ssh configuration and is not a regular file; remove it from there.");
        }

        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        CheckOwner(handle, path, owner);
        return Split(Read(handle, path), path);
    }

    // Of the open file: the path may lead elsewhere by now.
    private static void CheckOwner(SafeFileHandle handle, string path, uint? owner)
    {
        if (owner is null)
        {
            return;
        }

        if (ConfigurationFileStatus.Get(handle, out var status) is not 0 and var error)
        {
            throw new IOException($"Its state can't be read (error {error}).");
        }

        if (status.UserId != 0 && status.UserId != owner)
        {
            throw new TransportException(
                BdSyncExitStatus.Connection,
                $"{path} belongs to the user {status.UserId}, who could have anything connected to; it must be yours or root's. Change its owner with chown.");
        }

        if (status.IsWritableByOthers)
        {
            throw new TransportException(
                BdSyncExitStatus.Connection,
                $"{path} can be written by its group or by everybody, who could have anything connected to. Run chmod go-w on it.");
        }
    }

    private static byte[] Read(SafeFileHandle handle, string path)
    {
        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        using var content = new MemoryStream();
        var buffer = new byte[16 << 10];
        int count;
        while ((count = stream.Read(buffer)) > 0)
        {
            content.Write(buffer, 0, count);
            if (content.Length > MaxLength)
            {
                throw new TransportException(BdSyncExitStatus.Connection, $"{path} has more than {MaxLength} bytes, which no ssh configuration needs; split it, or name another file.");
            }
        }

        return content.ToArray();
    }

    private static string[] Split(byte[] content, string path)
    {
        var lines = Encoding.UTF8.GetString(content).TrimStart('\uFEFF').Split('\n');
        var tooLong = Array.FindIndex(lines, line => line.Length > MaxLineLength);
        return tooLong < 0
            ? lines
            : throw new TransportException(BdSyncExitStatus.Connection, $"{path}:{tooLong + 1}: The line has more than {MaxLineLength} characters; shorten it.");
    }
}
