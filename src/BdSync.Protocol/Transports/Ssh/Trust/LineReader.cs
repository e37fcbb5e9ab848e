namespace BdSync.Protocol.Transports.Ssh.Trust;

/// <summary>
/// Reads a file line by line in one buffer. A line over the cap is passed over, and reading ends where the file is too long, so that no file, and no
/// device that never ends, makes us collect or wait without bound.
/// </summary>
/// <param name="stream">The file.</param>
/// <param name="maxLength">How much of it is read, in bytes.</param>
internal sealed class LineReader(Stream stream, long maxLength)
{
    /// <summary>The longest line in bytes: the largest key takes 3 KiB, the rest is for names.</summary>
    public const int MaxLineLength = 64 * 1024;

    private readonly byte[] buffer = new byte[MaxLineLength + 1];
    private int start;
    private int end;
    private long bytesRead;
    private bool isAtEnd;

    /// <summary>Of the line last read, from 1.</summary>
    public int LineNumber { get; private set; }

    /// <summary>The file has more bytes than are read; what is in the last ones before is not given out.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Reads the next line without its end, LF or CR LF, which the last one may lack; false at the end of the file, or of what is read.</summary>
    /// <param name="line">Valid until the next call; empty if the line is too long.</param>
    /// <param name="isLineTooLong">The line has more than <see cref="MaxLineLength"/> bytes.</param>
    public bool TryRead(out ReadOnlySpan<byte> line, out bool isLineTooLong)
    {
        line = default;
        isLineTooLong = false;
        while (true)
        {
            var available = buffer.AsSpan(start, end - start);
            var length = available.IndexOf((byte)'\n');
            if (length < 0 && isAtEnd && available.IsEmpty && !isLineTooLong)
            {
                return false;
            }

            if (length >= 0 || isAtEnd)
            {
                LineNumber++;
                line = isLineTooLong ? [] : length < 0 ? available : available[..length];
                line = line is [.., (byte)'\r'] ? line[..^1] : line;
                start = length < 0 ? end : start + length + 1;
                return true;
            }

            if (available.Length == buffer.Length)
            {
                isLineTooLong = true;
                start = end = 0;
            }

            Fill();
            if (IsTooLong)
            {
                return false;
            }
        }
    }

    private void Fill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        start = 0;
        var count = stream.Read(buffer, end, buffer.Length - end);
        isAtEnd = count == 0;
        end += count;
        bytesRead += count;
        IsTooLong = bytesRead > maxLength;
    }
}
